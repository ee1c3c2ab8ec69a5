using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Flux;

/// <summary>How Flux is installed.</summary>
public sealed record FluxOptions
{
    /// <summary>Every component that its release manifest holds.</summary>
    public static IReadOnlyList<string> AllComponents { get; } =
        ["source-controller", "kustomize-controller", "helm-controller", "notification-controller", "image-reflector-controller", "image-automation-controller", "source-watcher"];

    /// <summary>The release manifest: a file, or the pinned address of a release.</summary>
    public required ManifestSource Manifest { get; init; }

    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "flux-system";

    /// <summary>The components that are installed.</summary>
    public IReadOnlyList<string> Components { get; init; } = ["source-controller", "kustomize-controller", "helm-controller", "notification-controller"];

    /// <summary>Takes over a Flux that another tool installed: what it set and the manifest does not name goes away.</summary>
    public bool Adopt { get; init; }

    /// <summary>Takes over fields that others own.</summary>
    public bool Force { get; init; }

    /// <summary>Installs a version that is older than the one that runs.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Asks the server what would change, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Waits until the server serves the kinds of the definitions and the components are ready.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The release manifest of a version, at its address.</summary>
    /// <param name="version">The release: <c>v2.7.3</c>.</param>
    /// <param name="sha256">Its SHA-256, as the release's checksums name it; empty when it is not known.</param>
    public static ManifestSource ManifestOf(string version, string sha256 = "") => ReleaseVersion.TryParse(version) is null
        ? throw new OperationException(ErrorIds.InvalidRequest, $"'{version}' is not a valid Flux version.", "Name a release such as v2.7.3.")
        : ManifestSource.FromUrl(new Uri($"https://github.com/fluxcd/flux2/releases/download/{(version.StartsWith('v') ? version : "v" + version)}/install.yaml"), sha256);
}

/// <summary>What became of Flux.</summary>
/// <param name="Applied">What became of each object.</param>
/// <param name="Waited">What became of the wait; null when nothing was waited for.</param>
public sealed record FluxInstallResult(ApplyResult Applied, WaitResult? Waited)
{
    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its release, as the manifest names it; empty when it does not.</summary>
    public string Version { get; init; } = "";

    /// <summary>The SHA-256 of the manifest: what to pin.</summary>
    public string ManifestSha256 { get; init; } = "";

    /// <summary>Whether anything was changed; in a dry run, whether anything would be.</summary>
    public bool Changed => Applied.Objects.Any(o => o.Action is ApplyAction.Created or ApplyAction.Configured);

    /// <summary>What happened, in a line.</summary>
    public string Message => ApplySummary.Of(Applied);
}

/// <summary>Installs Flux from its release manifest, in process.</summary>
/// <param name="loader">Reads manifests.</param>
public sealed class FluxInstaller(ManifestLoader loader)
{
    internal const string ManifestNamespace = "flux-system";
    internal const string Instance = "app.kubernetes.io/instance";
    internal const string PartOf = "app.kubernetes.io/part-of=flux";
    private const string Component = "app.kubernetes.io/component";
    internal const string VersionLabel = "app.kubernetes.io/version";

    internal const string DowngradeReason = "Flux does not promise that the controllers of older versions read what newer ones stored.";

    // What the flux command applies as.
    private const string FluxCommand = "flux";

    /// <summary>Installs Flux. Running it again changes nothing.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The manifest cannot be read, the cluster runs a newer version (<see cref="ErrorIds.DowngradeRefused"/>), or the cluster refuses.</exception>
    public async Task<FluxInstallResult> InstallAsync(TargetCluster cluster, FluxOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (Manifest manifest, IReadOnlyList<ClusterObject> objects) = await ReadAsync(options, cancellationToken).ConfigureAwait(false);
        string version = VersionOf(objects);
        IReadOnlyList<JsonObject> present = await cluster.Reader.ListAsync("apps", "Deployment", options.Namespace, PartOf, cancellationToken).ConfigureAwait(false);
        ArgoCDInstaller.RequireNoDowngrade(present.Count == 0 ? "" : present[0].At("metadata", "labels", VersionLabel).Text(), version, options.AllowDowngrade, "Flux", DowngradeReason);
        await FluxDefinitions.RequireFittingAsync(cluster, objects, version, options.AllowDowngrade, cancellationToken).ConfigureAwait(false);
        await RequirePermissionsAsync(cluster, options, objects, cancellationToken).ConfigureAwait(false);
        var apply = new ApplyOptions { FieldManager = FieldManagers.Install, DefaultNamespace = options.Namespace, Force = options.Force, DryRun = options.DryRun, AdoptFrom = options.Adopt ? [.. FieldManagers.Installers, FluxCommand] : [], Overrule = [.. FieldManagers.BeforeInstall, FluxCommand], AwaitDefinitions = options.Wait };
        ApplyResult applied = await cluster.Applier.ApplyAsync(
            objects, apply, ProgressRelay<ApplyProgress>.To(progress, p => new OperationProgress("Installing Flux", $"{p.Latest.Reference}: {p.Latest.Action}", p.Done, p.Total)), cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(applied, "Flux");
        if (!options.Wait || options.DryRun)
        {
            return Result(null);
        }
        WaitResult waited = await cluster.Waiter.WaitUntilReadyAsync(
            [.. applied.Objects.Select(o => o.Reference).Where(r => ReadinessRules.TakesTime(r.Type))], new WaitOptions { Timeout = options.Timeout, DefaultNamespace = options.Namespace }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(waited, options.Timeout);
        return Result(waited);

        FluxInstallResult Result(WaitResult? waited) => new(applied, waited) { Namespace = options.Namespace, Version = version, ManifestSha256 = manifest.Sha256 };
    }

    /// <summary>Makes sure that the user may install all of it, before anything is changed.</summary>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing; the message names each.</exception>
    internal async Task RequirePermissionsAsync(TargetCluster cluster, FluxOptions options, CancellationToken cancellationToken)
    {
        if (!await new PermissionCheck(cluster).MayDoEverythingAsync(cancellationToken).ConfigureAwait(false))
        {
            await RequirePermissionsAsync(cluster, options, await ObjectsAsync(options, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task RequirePermissionsAsync(TargetCluster cluster, FluxOptions options, IReadOnlyList<ClusterObject> objects, CancellationToken cancellationToken) =>
        new PermissionCheck(cluster).RequireAsync(new PrerequisiteRequest { Namespace = options.Namespace, InstallsArgoCD = false, Objects = objects }, cancellationToken);

    /// <summary>What would be applied, in its order. Needs neither cluster nor network.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the manifest is not on this machine, so that nobody can tell before it is downloaded.</returns>
    /// <exception cref="OperationException">The manifest cannot be read, or a component is not known.</exception>
    public async Task<IReadOnlyList<PlannedObject>?> PlanAsync(FluxOptions options, CancellationToken cancellationToken = default)
    {
        RequireKnown(options);
        return await loader.FindLocalAsync(options.Manifest, cancellationToken).ConfigureAwait(false) is not { } manifest ? null
            : [.. Chosen(manifest, options).Select(o => new PlannedObject(ApplyOrder.PhaseOf(o.Reference.Type), o.Reference)).OrderBy(o => o.Phase)];
    }

    /// <summary>The objects that would be applied. Needs no cluster.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The manifest cannot be read, or a component is not known.</exception>
    public async Task<IReadOnlyList<ClusterObject>> ObjectsAsync(FluxOptions options, CancellationToken cancellationToken = default) =>
        (await ReadAsync(options, cancellationToken).ConfigureAwait(false)).Objects;

    private async Task<(Manifest Manifest, IReadOnlyList<ClusterObject> Objects)> ReadAsync(FluxOptions options, CancellationToken cancellationToken)
    {
        RequireKnown(options);
        Manifest manifest = await loader.LoadAsync(options.Manifest, cancellationToken).ConfigureAwait(false);
        return (manifest, Chosen(manifest, options));
    }

    private static void RequireKnown(FluxOptions options)
    {
        if (options.Components.FirstOrDefault(c => !FluxOptions.AllComponents.Contains(c)) is { } unknown)
        {
            throw new OperationException(ErrorIds.InvalidRequest, $"'{unknown}' is not a component of Flux.", $"Choose from {string.Join(", ", FluxOptions.AllComponents)}.");
        }
    }

    /// <exception cref="OperationException">The manifest lacks a component.</exception>
    private static IReadOnlyList<ClusterObject> Chosen(Manifest manifest, FluxOptions options)
    {
        ClusterObject[] chosen = [.. manifest.Objects.Where(o => o.Content["metadata"].At("labels", Component).Text() is var component && (component.Length == 0 || options.Components.Contains(component)))];
        string[] missing = [.. options.Components.Where(c => !chosen.Any(o => o.Reference.Type is { Group: "apps", Kind: "Deployment" } && o.Content["metadata"].At("labels", Component).Text() == c))];
        if (missing.Length > 0)
        {
            throw new OperationException(
                ErrorIds.InvalidRequest, $"{options.Manifest} does not have {string.Join(", ", missing)}.", "Name the release manifest of Flux (install.yaml) of a version that has all of the components, or leave them out.");
        }
        return [.. NamespaceChange.Apply(chosen, ManifestNamespace, options.Namespace).Select(o => Address(Named(o, options), options))];
    }

    private static string VersionOf(IReadOnlyList<ClusterObject> objects) =>
        objects.Select(o => o.Content["metadata"].At("labels", VersionLabel).Text()).FirstOrDefault(v => v.Length > 0) ?? "";

    /// <summary>
    /// The instance is called like its namespace, and its cluster-wide roles and bindings end with it, as <c>flux install</c> has it:
    /// two of Flux share none.
    /// </summary>
    private static ClusterObject Named(ClusterObject item, FluxOptions options)
    {
        if (ApplyOrder.IsDefinition(item.Reference.Type))
        {
            // Every Flux of a cluster shares them: with the name of each on them, they would change with every run of the other.
            return item;
        }
        bool isRole = item.Reference.Type is { Group: "rbac.authorization.k8s.io", Kind: "ClusterRole" or "ClusterRoleBinding" };
        if (options.Namespace == ManifestNamespace || (!isRole && item.Content["metadata"].At("labels", Instance) is null))
        {
            return item;
        }
        var content = (JsonObject)item.Content.DeepClone();
        foreach (JsonObject labels in new[] { content.At("metadata", "labels"), content.At("spec", "template", "metadata", "labels") }.OfType<JsonObject>().Where(l => l.ContainsKey(Instance)))
        {
            labels[Instance] = options.Namespace;
        }
        if (isRole)
        {
            content["metadata"]!["name"] = RoleName(item.Reference.Name);
            // Its own roles are renamed with it; Kubernetes' own (cluster-admin) have their names.
            if (content["roleRef"] is JsonObject role && role["name"].Text() == item.Reference.Name)
            {
                role["name"] = RoleName(role["name"].Text());
            }
        }
        return ClusterObject.FromJson(content);

        string RoleName(string name) =>
            $"{(name.EndsWith("-" + ManifestNamespace, StringComparison.Ordinal) ? name[..^(ManifestNamespace.Length + 1)] : name)}-{options.Namespace}";
    }

    /// <summary>The controllers send events to the notification controller: to where it is, or nowhere when it is left out, as <c>flux install</c> does.</summary>
    private static ClusterObject Address(ClusterObject item, FluxOptions options)
    {
        bool hasNotifications = options.Components.Contains("notification-controller");
        if (item.Reference.Type is not { Group: "apps", Kind: "Deployment" } || (hasNotifications && options.Namespace == ManifestNamespace))
        {
            return item;
        }
        var content = (JsonObject)item.Content.DeepClone();
        foreach (JsonArray arguments in (content.At("spec", "template", "spec", "containers") as JsonArray ?? []).Select(c => c.At("args")).OfType<JsonArray>())
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                string argument = arguments[i].Text();
                if (argument.StartsWith("--events-addr=", StringComparison.Ordinal))
                {
                    arguments[i] = hasNotifications ? argument.Replace($".{ManifestNamespace}.", $".{options.Namespace}.", StringComparison.Ordinal) : "--events-addr=";
                }
                else if (argument.Contains($".{ManifestNamespace}.", StringComparison.Ordinal))
                {
                    arguments[i] = argument.Replace($".{ManifestNamespace}.", $".{options.Namespace}.", StringComparison.Ordinal);
                }
            }
        }
        return ClusterObject.FromJson(content);
    }
}
