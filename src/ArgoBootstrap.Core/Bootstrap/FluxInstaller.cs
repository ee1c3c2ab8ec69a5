using System.Text.Json.Nodes;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Clusters;
using ArgoBootstrap.Core.Clusters.Applying;
using ArgoBootstrap.Core.Clusters.Deleting;
using ArgoBootstrap.Core.Clusters.Objects;
using ArgoBootstrap.Core.Clusters.Waiting;

namespace ArgoBootstrap.Core.Bootstrap;

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
        ? throw new ClusterException(BootstrapErrorIds.InvalidRequest, $"'{version}' is no version of Flux.", "Name a release such as v2.7.3.")
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

/// <summary>What became of a Flux that was to be removed.</summary>
/// <param name="Namespace">Where it ran.</param>
/// <param name="Objects">What became of each object.</param>
public sealed record FluxUninstallResult(string Namespace, IReadOnlyList<ObjectDeleteResult> Objects)
{
    /// <summary>Whether everything is gone that was to go.</summary>
    public bool Succeeded => Objects.All(o => o.Action is DeleteAction.Deleted or DeleteAction.NotFound);
}

/// <summary>Installs Flux from its release manifest, in process.</summary>
/// <param name="loader">Reads manifests.</param>
public sealed class FluxInstaller(ManifestLoader loader)
{
    private const string ManifestNamespace = "flux-system";
    private const string Component = "app.kubernetes.io/component";
    private const string Instance = "app.kubernetes.io/instance";
    private const string VersionLabel = "app.kubernetes.io/version";
    private const string PartOf = "app.kubernetes.io/part-of=flux";

    /// <summary>Installs Flux. Running it again changes nothing.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException">The manifest cannot be read, the cluster runs a newer version (<see cref="BootstrapErrorIds.DowngradeRefused"/>), or the cluster refuses.</exception>
    public async Task<FluxInstallResult> InstallAsync(TargetCluster cluster, FluxOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (Manifest manifest, IReadOnlyList<ClusterObject> objects) = await ReadAsync(options, cancellationToken).ConfigureAwait(false);
        string version = VersionOf(objects);
        IReadOnlyList<JsonObject> present = await cluster.Reader.ListAsync("apps", "Deployment", options.Namespace, PartOf, cancellationToken).ConfigureAwait(false);
        ArgoCDInstaller.RequireNoDowngrade(present.Count == 0 ? "" : present[0].At("metadata", "labels", VersionLabel).Text(), version, options.AllowDowngrade, "Flux");
        var apply = new ApplyOptions { FieldManager = FieldManagers.Install, DefaultNamespace = options.Namespace, Force = options.Force, DryRun = options.DryRun, AdoptFrom = [.. FieldManagers.Installers, "flux"], AwaitDefinitions = options.Wait };
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

    /// <summary>What would be applied, in its order. Needs no cluster.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException">The manifest cannot be read, or a component is not known.</exception>
    public async Task<IReadOnlyList<PlannedObject>> PlanAsync(FluxOptions options, CancellationToken cancellationToken = default) =>
        [.. (await ObjectsAsync(options, cancellationToken).ConfigureAwait(false)).Select(o => new PlannedObject(ApplyOrder.PhaseOf(o.Reference.Type), o.Reference)).OrderBy(o => o.Phase)];

    /// <summary>The objects that would be applied. Needs no cluster.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException">The manifest cannot be read, or a component is not known.</exception>
    public async Task<IReadOnlyList<ClusterObject>> ObjectsAsync(FluxOptions options, CancellationToken cancellationToken = default) =>
        (await ReadAsync(options, cancellationToken).ConfigureAwait(false)).Objects;

    private async Task<(Manifest Manifest, IReadOnlyList<ClusterObject> Objects)> ReadAsync(FluxOptions options, CancellationToken cancellationToken)
    {
        if (options.Components.FirstOrDefault(c => !FluxOptions.AllComponents.Contains(c)) is { } unknown)
        {
            throw new ClusterException(BootstrapErrorIds.InvalidRequest, $"'{unknown}' is no component of Flux.", $"Choose from {string.Join(", ", FluxOptions.AllComponents)}.");
        }
        Manifest manifest = await loader.LoadAsync(options.Manifest, cancellationToken).ConfigureAwait(false);
        ClusterObject[] chosen = [.. manifest.Objects.Where(o => o.Content["metadata"].At("labels", Component).Text() is var component && (component.Length == 0 || options.Components.Contains(component)))];
        string[] missing = [.. options.Components.Where(c => !chosen.Any(o => o.Reference.Type is { Group: "apps", Kind: "Deployment" } && o.Content["metadata"].At("labels", Component).Text() == c))];
        if (missing.Length > 0)
        {
            throw new ClusterException(
                BootstrapErrorIds.InvalidRequest, $"{options.Manifest} does not have {string.Join(", ", missing)}.", "Name the release manifest of Flux (install.yaml) of a version that has all of the components, or leave them out.");
        }
        return (manifest, [.. NamespaceChange.Apply(chosen, ManifestNamespace, options.Namespace).Select(o => Address(Named(o, options), options))]);
    }

    private static string VersionOf(IReadOnlyList<ClusterObject> objects) =>
        objects.Select(o => o.Content["metadata"].At("labels", VersionLabel).Text()).FirstOrDefault(v => v.Length > 0) ?? "";

    /// <summary>The instance is called like its namespace, as <c>flux install</c> has it; <c>flux uninstall</c> looks for that.</summary>
    private static ClusterObject Named(ClusterObject item, FluxOptions options)
    {
        if (options.Namespace == ManifestNamespace || item.Content["metadata"].At("labels", Instance) is null)
        {
            return item;
        }
        var content = (JsonObject)item.Content.DeepClone();
        foreach (JsonObject labels in new[] { content.At("metadata", "labels"), content.At("spec", "template", "metadata", "labels") }.OfType<JsonObject>().Where(l => l.ContainsKey(Instance)))
        {
            labels[Instance] = options.Namespace;
        }
        return ClusterObject.FromJson(content);
    }

    /// <summary>Removes Flux. Its objects' finalizers are taken away once its controllers are gone; what they deployed stays.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Where it runs.</param>
    /// <param name="includeDefinitions">Also deletes its CustomResourceDefinitions, and with them all its objects.</param>
    /// <param name="dryRun">Asks the server what it would do, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException"><see cref="BootstrapErrorIds.NotInstalled"/>: there is nothing of it; or the cluster refuses.</exception>
    public static async Task<FluxUninstallResult> UninstallAsync(TargetCluster cluster, string ns = ManifestNamespace, bool includeDefinitions = false, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var options = new DeleteOptions { DryRun = dryRun, DefaultNamespace = ns };
        var results = new List<ObjectDeleteResult>(await cluster.Deleter.DeleteAsync(await ListAsync("apps", "Deployment", ns).ConfigureAwait(false), options, null, cancellationToken).ConfigureAwait(false));
        IReadOnlyList<JsonObject> definitions = await cluster.Reader.ListAsync("apiextensions.k8s.io", "CustomResourceDefinition", "", PartOf, cancellationToken).ConfigureAwait(false);
        await FinalizerRemoval.RunAsync(cluster, dryRun ? [] : definitions, f => f == "finalizers.fluxcd.io", cancellationToken).ConfigureAwait(false);
        var targets = new List<DeleteTarget>();
        foreach ((string group, string kind) in new[] { ("", "Service"), ("", "ServiceAccount"), ("networking.k8s.io", "NetworkPolicy"), ("", "ResourceQuota") })
        {
            targets.AddRange(await ListAsync(group, kind, ns).ConfigureAwait(false));
        }
        targets.AddRange(await ListAsync("rbac.authorization.k8s.io", "ClusterRoleBinding", "").ConfigureAwait(false));
        targets.AddRange(await ListAsync("rbac.authorization.k8s.io", "ClusterRole", "").ConfigureAwait(false));
        if (includeDefinitions)
        {
            targets.AddRange(definitions.Select(d => new DeleteTarget(ObjectReference.Of(d))));
        }
        results.AddRange(await cluster.Deleter.DeleteAsync(targets, options, null, cancellationToken).ConfigureAwait(false));
        return results.Count > 0 ? new FluxUninstallResult(ns, results)
            : throw new ClusterException(BootstrapErrorIds.NotInstalled, $"Flux is not in namespace {ns} of {cluster.Connection.Server}.", "Name its namespace with -Namespace, or its cluster with -Context.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };

        async Task<IReadOnlyList<DeleteTarget>> ListAsync(string group, string kind, string where) =>
            [.. (await cluster.Reader.ListAsync(group, kind, where, PartOf, cancellationToken).ConfigureAwait(false)).Select(o => new DeleteTarget(ObjectReference.Of(o)))];
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
