using System.Diagnostics;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>Installs Argo CD: its manifest in process, or its chart through <c>helm</c>. Safe to run again at any point.</summary>
/// <param name="loader">Reads manifests; null for one with the default cache.</param>
/// <param name="runner">Starts <c>helm</c>; null for <see cref="ProcessRunner"/> with the cluster's masker.</param>
/// <param name="helm">The program; a name on <c>PATH</c>, or a path.</param>
public sealed class ArgoCDInstaller(ManifestLoader? loader = null, IProcessRunner? runner = null, string helm = "helm")
{
    private const string ManifestNamespace = "argocd";

    private readonly ManifestLoader _loader = loader ?? new ManifestLoader();

    /// <summary>What an installation would do. Needs neither cluster nor network: of a manifest that is not kept on this machine, the objects are not known.</summary>
    /// <param name="options">How.</param>
    /// <param name="connection">Which cluster, for the command that is shown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The manifest cannot be read, or the chart is not described.</exception>
    public async Task<ArgoCDInstallPlan> PlanAsync(ArgoCDInstallOptions options, Clusters.Access.ClusterConnectionOptions connection, CancellationToken cancellationToken = default)
    {
        var provided = new ProvidedObjects(options.Provided, options.Namespace);
        if (options.Method == ArgoCDInstallMethod.Helm)
        {
            HelmChart chart = RequireChart(options);
            string command = new HelmClient(runner ?? new ProcessRunner(connection.Masker), connection, helm).Describe(chart, options.Namespace);
            string version = chart.Version.Length > 0 ? chart.Version : ChartFile.VersionOf(chart.Chart) ?? "";
            return new ArgoCDInstallPlan(options.Method, options.Namespace, version, Plan([.. provided.BeforeInstall([]), .. Namespace(options, provided)]), command);
        }
        Manifest? manifest = await _loader.FindLocalAsync(options.Manifest, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ClusterObject> objects = manifest is null ? [NamespaceObject(options.Namespace)] : ObjectsOf(manifest, options);
        string release = manifest is null ? options.Manifest.Version : ArgoCDDetector.VersionOf(objects);
        return new ArgoCDInstallPlan(options.Method, options.Namespace, release, Plan([.. provided.BeforeInstall(objects), .. provided.LeaveOut(objects)]), "")
        {
            IsComplete = manifest is not null,
        };
    }

    /// <summary>Installs Argo CD, or brings an installation to the state that is asked for.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object, and of each line that <c>helm</c> prints.</param>
    /// <param name="cancellationToken">Stops it; a second run completes it.</param>
    /// <exception cref="OperationException">Something could not be done; the id says what.</exception>
    public async Task<ArgoCDInstallResult> InstallAsync(TargetCluster cluster, ArgoCDInstallOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<ArgoCDInstallation> found = await ArgoCDDetector.FindAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        ArgoCDInstallation? present = found.FirstOrDefault(f => f.Namespace == options.Namespace);
        RequireRoom(found, present, options);
        await RequireReadyAsync(cluster, options, present, cancellationToken).ConfigureAwait(false);
        ArgoCDInstallResult result = options.Method == ArgoCDInstallMethod.Helm
            ? await WithHelmAsync(cluster, options, present, progress, cancellationToken).ConfigureAwait(false)
            : await WithManifestAsync(cluster, options, present, progress, cancellationToken).ConfigureAwait(false);
        if (options is { Wait: true, DryRun: false })
        {
            result = result with { Waited = await WaitAsync(cluster, result, options, progress, cancellationToken).ConfigureAwait(false) };
            ApplySummary.ThrowIfFailed(result.Waited!, options.Timeout);
        }
        return result with { Duration = Stopwatch.GetElapsedTime(started) };
    }

    /// <summary>Makes sure that an installation can take over what is there, before anything is changed.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.InstallationExists"/>, <see cref="ErrorIds.ReplacementNeeded"/>, or what cannot be applied.</exception>
    internal async Task RequireRoomAsync(TargetCluster cluster, ArgoCDInstallOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<ArgoCDInstallation> found = await ArgoCDDetector.FindAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        ArgoCDInstallation? present = found.FirstOrDefault(f => f.Namespace == options.Namespace);
        RequireRoom(found, present, options);
        await RequireReplaceableAsync(cluster, options, present, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Permissions, and what cannot be changed on the objects of another tool: found out before the first change, so that nothing ends half way.</summary>
    internal async Task RequireReadyAsync(TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, CancellationToken cancellationToken)
    {
        bool isHelm = options.Method == ArgoCDInstallMethod.Helm;
        IReadOnlyList<ClusterObject> objects = isHelm ? options.Provided : (await ObjectsAsync(options, cancellationToken).ConfigureAwait(false)).Objects;
        await new PermissionCheck(cluster).RequireAsync(new PrerequisiteRequest { Namespace = options.Namespace, InstallsArgoCD = isHelm, UsesHelm = isHelm, Objects = objects }, cancellationToken).ConfigureAwait(false);
        await RequireReplaceableAsync(cluster, options, present, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireReplaceableAsync(TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, CancellationToken cancellationToken)
    {
        if (present is null || !options.Adopt)
        {
            return;
        }
        if (options.Method == ArgoCDInstallMethod.Helm)
        {
            if (present.HelmRelease.Length == 0)
            {
                string text = await Client(cluster).TemplateAsync(RequireChart(options), options.Namespace, cancellationToken).ConfigureAwait(false);
                await UnchangeableFields.RequireNoneAsync(cluster, HelmManifest.Parse(text), options.Namespace, cancellationToken).ConfigureAwait(false);
            }
            return;
        }
        IReadOnlyList<ClusterObject> objects = new ProvidedObjects(options.Provided, options.Namespace).LeaveOut((await ObjectsAsync(options, cancellationToken).ConfigureAwait(false)).Objects);
        await UnchangeableFields.RequireNoneAsync(cluster, objects, options.Namespace, cancellationToken).ConfigureAwait(false);
        if (!options.DryRun)
        {
            // A definition weighs megabytes, and what is refused of it does not depend on who installed it.
            ApplyResult question = await cluster.Applier.ApplyAsync(
                [.. objects.Where(o => !ApplyOrder.IsDefinition(o.Reference.Type))], ApplyOptionsOf(options) with { DryRun = true }, null, cancellationToken).ConfigureAwait(false);
            ApplySummary.ThrowIfFailed(question with { Objects = [.. question.Objects.Select(o => LeftToOthers(o, options))] }, "Argo CD");
        }
    }

    private HelmClient Client(TargetCluster cluster) => new(runner ?? new ProcessRunner(cluster.Connection.Masker), cluster.Options, helm);

    internal async Task<(IReadOnlyList<ClusterObject> Objects, Manifest Manifest)> ObjectsAsync(ArgoCDInstallOptions options, CancellationToken cancellationToken)
    {
        Manifest manifest = await _loader.LoadAsync(options.Manifest, cancellationToken).ConfigureAwait(false);
        return (ObjectsOf(manifest, options), manifest);
    }

    private static IReadOnlyList<ClusterObject> ObjectsOf(Manifest manifest, ArgoCDInstallOptions options)
    {
        IReadOnlyList<ClusterObject> objects = NamespaceChange.Apply(manifest.Objects, ManifestNamespace, options.Namespace);
        bool hasNamespace = objects.Any(o => ApplyOrder.IsNamespace(o.Reference.Type) && o.Reference.Name == options.Namespace);
        return hasNamespace ? objects : [NamespaceObject(options.Namespace), .. objects];
    }

    internal static ApplyOptions ApplyOptionsOf(ArgoCDInstallOptions options) => new()
    {
        FieldManager = FieldManagers.Install,
        DefaultNamespace = options.Namespace,
        Force = options.Force,
        DryRun = options.DryRun,
        Parallelism = options.Parallelism,
        AdoptFrom = options.Adopt ? FieldManagers.Installers : [],
        Overrule = FieldManagers.BeforeInstall,
        AwaitDefinitions = options.Wait,
    };

    internal static IProgress<ApplyProgress>? ApplyProgressOf(IProgress<OperationProgress>? progress) =>
        ProgressRelay<ApplyProgress>.To(progress, p => new OperationProgress("Installing Argo CD", $"{p.Latest.Reference}: {p.Latest.Action}", p.Done, p.Total));

    internal static HelmChart RequireChart(ArgoCDInstallOptions options) => options.Chart ?? throw new OperationException(
        ErrorIds.ChartNotDescribed, "Installing with Helm needs a chart, and none is given.", "Name the overlay whose Application carries chart and values, or install with -Method Manifest.");

    private async Task<ArgoCDInstallResult> WithManifestAsync(TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        (IReadOnlyList<ClusterObject> objects, Manifest manifest) = await ObjectsAsync(options, cancellationToken).ConfigureAwait(false);
        RequireNoDowngrade(present?.Version ?? "", ArgoCDDetector.VersionOf(objects), options.AllowDowngrade, "Argo CD");
        var provided = new ProvidedObjects(options.Provided, options.Namespace);
        ApplyResult before = await ProvidedObjects.ApplyAsync(cluster, provided.BeforeInstall(objects), options, progress, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(before, "what Argo CD's pods need to start");
        ApplyOptions apply = ApplyOptionsOf(options) with
        {
            PlannedNamespaces = options.DryRun ? [.. before.Objects.Where(o => o.Action == ApplyAction.Created && ApplyOrder.IsNamespace(o.Reference.Type)).Select(o => o.Reference.Name)] : [],
        };
        ApplyResult rest = await cluster.Applier.ApplyAsync(provided.LeaveOut(objects), apply, ApplyProgressOf(progress), cancellationToken).ConfigureAwait(false);
        await MarkAsync(cluster, options, cancellationToken).ConfigureAwait(false);
        rest = rest with { Objects = [.. rest.Objects.Select(o => LeftToOthers(o, options))] };
        ApplySummary.ThrowIfFailed(rest, "Argo CD");
        var applied = new ApplyResult([.. before.Objects, .. rest.Objects], options.DryRun, before.Duration + rest.Duration);
        return new ArgoCDInstallResult
        {
            Method = options.Method,
            Namespace = options.Namespace,
            Version = ArgoCDDetector.VersionOf(objects),
            PreviousVersion = present?.Version ?? "",
            AdoptedFrom = present is not null && applied.Objects.Any(o => o.AdoptedFrom.Count > 0) ? present.InstalledBy : "",
            Applied = applied,
            Changed = HasChanged(applied),
            Message = ApplySummary.Of(applied),
            ManifestSha256 = manifest.Sha256,
        };
    }

    private async Task<ArgoCDInstallResult> WithHelmAsync(TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        HelmChart chart = RequireChart(options);
        chart.RegisterSecrets(cluster.Connection.Masker);
        HelmClient client = Client(cluster);
        string version = chart.Version.Length > 0 || chart.RepositoryUrl.Length > 0 ? chart.Version : await client.ChartVersionAsync(chart.Chart, cancellationToken).ConfigureAwait(false);
        string what = version.Length > 0 && chart.Version.Length == 0 ? $"{chart} ({version})" : chart.ToString();
        var releases = new HelmReleases(cluster);
        HelmRelease? release = await releases.FindAsync(chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
        var result = new ArgoCDInstallResult
        {
            Method = options.Method,
            Namespace = options.Namespace,
            Version = version,
            PreviousVersion = release?.ChartVersion ?? present?.Version ?? "",
            AdoptedFrom = present is { HelmRelease: "" } ? present.InstalledBy : "",
            ChangedValues = release is null ? [] : ObjectDiff.Compare(release.Values, chart.Values, cluster.Connection.Masker),
        };
        RequireNoDowngrade(release?.ChartVersion ?? "", version, options.AllowDowngrade, "chart");
        bool isDeployed = release is { IsDeployed: true } && result.ChangedValues.Count == 0 && IsSameVersion(release.ChartVersion, version);
        // What others changed since is not as the release has it, whatever its record says.
        IReadOnlyList<string> differing = isDeployed ? await HelmManifest.FindDifferingAsync(cluster, release!.Manifest, options.Namespace, cancellationToken).ConfigureAwait(false) : [];
        bool isCurrent = isDeployed && differing.Count == 0;
        if (!isCurrent)
        {
            await client.RequireVersionAsync(cancellationToken).ConfigureAwait(false);
        }
        var provided = new ProvidedObjects(options.Provided, options.Namespace);
        ApplyResult before = await ProvidedObjects.ApplyAsync(cluster, provided.BeforeInstall([]), options, progress, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(before, "what Argo CD's pods need to start");
        if (isCurrent)
        {
            return result with { Changed = HasChanged(before), Message = $"the release {chart.ReleaseName} is at {what} with these values" };
        }
        if (options.DryRun)
        {
            return result with { Changed = true, Message = $"would {(release is null ? "install" : "upgrade")} the release {chart.ReleaseName} to {what}{Differing(differing)}" };
        }
        ApplyResult ns = await cluster.Applier.ApplyAsync([.. Namespace(options, provided)], ApplyOptionsOf(options), null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(ns, "Argo CD");
        await MarkAsync(cluster, options, cancellationToken).ConfigureAwait(false);
        await releases.RemovePendingAsync(chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
        var lines = progress is null ? null : new ProgressRelay<string>(line => progress.Report(new OperationProgress("helm", line)));
        await HelmRun.ChangeAsync(cluster, chart.ReleaseName, options.Namespace, () => client.UpgradeAsync(chart, options.Namespace, options.Adopt, options.Timeout, lines, cancellationToken), cancellationToken).ConfigureAwait(false);
        await HelmDefinitions.WaitAsync(cluster, chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
        await RequireAsReleasedAsync(cluster, chart, options, releases, cancellationToken).ConfigureAwait(false);
        return result with { Changed = true, Message = $"{(release is null ? "installed" : "upgraded")} the release {chart.ReleaseName} {(release is null ? "from" : "to")} {what}" };
    }

    private static string Differing(IReadOnlyList<string> objects) =>
        objects.Count == 0 ? "" : $"; {objects.Count} {(objects.Count == 1 ? "object differs" : "objects differ")} from it: {string.Join(", ", objects.Take(10))}{(objects.Count > 10 ? $" (and {objects.Count - 10} more)" : "")}";

    /// <summary>A release that helm calls deployed may still not be what is on the cluster: helm leaves alone what did not change from one revision to the next.</summary>
    private static async Task RequireAsReleasedAsync(TargetCluster cluster, HelmChart chart, ArgoCDInstallOptions options, HelmReleases releases, CancellationToken cancellationToken)
    {
        HelmRelease? now = await releases.FindAsync(chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> differing = now is null ? [] : await HelmManifest.FindDifferingAsync(cluster, now.Manifest, options.Namespace, cancellationToken).ConfigureAwait(false);
        if (differing.Count > 0)
        {
            throw new OperationException(
                ClusterErrorIds.ApplyFailed,
                $"helm has deployed the release {chart.ReleaseName}, and objects still are not as it has them{Differing(differing)}.",
                "See who changes them (metadata.managedFields), or delete them; helm makes them again with the next run.");
        }
    }

    private static Task MarkAsync(TargetCluster cluster, ArgoCDInstallOptions options, CancellationToken cancellationToken) => options.DryRun || options.OverlayPath.Length == 0
        ? Task.CompletedTask
        : new OverlayMark(options.OverlayPath, options.RepositoryUrl).SetAsync(cluster, options.Namespace, cancellationToken);

    private static async Task<WaitResult> WaitAsync(TargetCluster cluster, ArgoCDInstallResult result, ArgoCDInstallOptions options, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        IEnumerable<ObjectReference> awaited = result.Applied is { } applied
            ? applied.Objects.Select(o => o.Reference).Where(r => ReadinessRules.TakesTime(r.Type))
            : await WorkloadsAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        return await cluster.Waiter.WaitUntilReadyAsync(
            [.. awaited],
            new WaitOptions { Timeout = options.Timeout, DefaultNamespace = options.Namespace },
            ProgressRelay<WaitProgress>.To(progress, p => new OperationProgress("Waiting for Argo CD", $"{p.Reference}: {p.Readiness.Message}", p.Done, p.Total)),
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IEnumerable<ObjectReference>> WorkloadsAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        var found = new List<ObjectReference>();
        foreach (string kind in new[] { "Deployment", "StatefulSet" })
        {
            found.AddRange((await cluster.Reader.ListAsync("apps", kind, ns, ArgoCDDetector.PartOf, cancellationToken).ConfigureAwait(false)).Select(ObjectReference.Of));
        }
        return found;
    }

    internal static void RequireNoDowngrade(
        string current, string wanted, bool isAllowed, string what, string why = "Argo CD does not promise that older versions read what newer ones stored.")
    {
        if (!isAllowed && ReleaseVersion.TryParse(current) is { } from && ReleaseVersion.TryParse(wanted) is { } to && from.CompareTo(to) > 0)
        {
            throw new OperationException(
                ErrorIds.DowngradeRefused,
                $"The cluster runs {what} {current}, which is newer than {wanted}.",
                $"Name a version that is not older, or insist with -AllowDowngrade. {why}");
        }
    }

    private static bool IsSameVersion(string current, string wanted) =>
        wanted.Length == 0 || current == wanted || (ReleaseVersion.TryParse(current) is { } left && left.CompareTo(ReleaseVersion.TryParse(wanted)) == 0);

    internal static void RequireRoom(IReadOnlyList<ArgoCDInstallation> found, ArgoCDInstallation? present, ArgoCDInstallOptions options)
    {
        if (present is null && found.Count > 0 && !options.Force)
        {
            throw new OperationException(
                ErrorIds.InstallationExists,
                $"{found[0]} is on this cluster already; a second one would share its CRDs and ClusterRoles.",
                $"Use -Namespace {found[0].Namespace} to take that one over, or insist with -Force.");
        }
        bool isOtherTool = present is not null && (options.Method == ArgoCDInstallMethod.Helm ? present.HelmRelease.Length == 0 : present.HelmRelease.Length > 0);
        if (isOtherTool && !options.Adopt)
        {
            throw new OperationException(
                ErrorIds.InstallationExists,
                $"{present} was not installed with {(options.Method == ArgoCDInstallMethod.Helm ? "Helm" : "a manifest")}.",
                $"Use -Method {(options.Method == ArgoCDInstallMethod.Helm ? "Manifest" : "Helm")}, or take it over with -Adopt.");
        }
    }

    private static IReadOnlyList<PlannedObject> Plan(IReadOnlyList<ClusterObject> objects) =>
        [.. objects.Select(o => new PlannedObject(ApplyOrder.PhaseOf(o.Reference.Type), o.Reference)).OrderBy(o => o.Phase)];

    /// <summary>The namespace for a chart, when nobody else brings it.</summary>
    private static IEnumerable<ClusterObject> Namespace(ArgoCDInstallOptions options, ProvidedObjects provided)
    {
        ClusterObject ns = NamespaceObject(options.Namespace);
        return provided.Has(ns.Reference) ? [] : [ns];
    }

    /// <summary>
    /// What an overlay of this cluster brings with other values stays as the overlay has it, and in a bootstrap, what a running
    /// Argo CD manages already stays with it. Workloads that an overlay brings are a conflict all the same: leaving them would
    /// pass an old version off as the new one.
    /// </summary>
    private static ObjectApplyResult LeftToOthers(ObjectApplyResult result, ArgoCDInstallOptions options)
    {
        if (result is not { Action: ApplyAction.Failed, Conflicts.Count: > 0 })
        {
            return result;
        }
        string[] managers = [.. result.Conflicts.Select(c => c.Manager).Distinct()];
        bool isOverlays = managers.All(m => m is FieldManagers.Own or GitOpsBootstrapper.ArgoCDManager) && managers.Contains(FieldManagers.Own) && !ApplyOrder.RunsOrFollows(result.Reference.Type);
        bool isArgoCDs = options.LeavesToArgoCD && OverlayApplier.IsArgoCDs(result);
        string owner = isOverlays ? "the overlay that brings it" : "the running Argo CD, which manages it";
        return isOverlays || isArgoCDs
            ? result with { Action = ApplyAction.Unchanged, ErrorId = "", Remedy = "", Message = $"{result.Reference} is left to {owner}.", Conflicts = [] }
            : result;
    }

    private static bool HasChanged(ApplyResult applied) => applied.Objects.Any(o => o.Action is ApplyAction.Created or ApplyAction.Configured);

    internal static ClusterObject NamespaceObject(string name) => ClusterObject.FromJson(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    });
}
