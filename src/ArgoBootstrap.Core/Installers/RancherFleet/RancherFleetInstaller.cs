using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Installers.RancherFleet;

/// <summary>How Rancher Fleet is installed.</summary>
public sealed record RancherFleetOptions
{
    /// <summary>The charts' version, without <c>v</c>: <c>0.14.0</c>. Empty for charts given as paths.</summary>
    public string Version { get; init; } = "";

    /// <summary>The chart repository's address; empty for charts given as paths.</summary>
    public string RepositoryUrl { get; init; } = "https://rancher.github.io/fleet-helm-charts/";

    /// <summary>The chart with the CustomResourceDefinitions: a name in the repository, or a path.</summary>
    public string DefinitionChart { get; init; } = "fleet-crd";

    /// <summary>The chart with the controllers: a name in the repository, or a path.</summary>
    public string Chart { get; init; } = "fleet";

    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "cattle-fleet-system";

    /// <summary>Values of the controllers' chart, as JSON; they reach <c>helm</c> through its standard input.</summary>
    public string ValuesJson { get; init; } = "{}";

    /// <summary>Installs a version that is older than the one that runs.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Waits until the controllers are ready.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait, and how long each <c>helm</c> may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The version alone: a record's own text would show the values.</summary>
    public override string ToString() => $"Fleet {(Version.Length > 0 ? Version : Chart)} in {Namespace}";
}

/// <summary>What became of Fleet.</summary>
/// <param name="Changed">Whether anything was changed.</param>
/// <param name="Message">What happened, in a line.</param>
public sealed record RancherFleetInstallResult(bool Changed, string Message)
{
    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The version of the controllers' chart; empty when the chart does not say.</summary>
    public string Version { get; init; } = "";
}

/// <summary>What an installation of Fleet would do.</summary>
/// <param name="Namespace">Where it would run.</param>
/// <param name="Commands">The programs that would be started, in their order.</param>
public sealed record RancherFleetInstallPlan(string Namespace, IReadOnlyList<string> Commands)
{
    /// <summary>The context that would be used; empty where that is not known.</summary>
    public string Context { get; init; } = "";
}

/// <summary>What became of a Fleet that was to be removed.</summary>
/// <param name="Namespace">Where it ran.</param>
/// <param name="Releases">The releases that are gone.</param>
public sealed record RancherFleetUninstallResult(string Namespace, IReadOnlyList<string> Releases);

/// <summary>Installs Rancher Fleet with its two charts through <c>helm</c>.</summary>
/// <param name="runner">Starts <c>helm</c>; when null, <see cref="ProcessRunner"/> with the cluster's masker.</param>
/// <param name="helm">The program; a name on <c>PATH</c>, or a path.</param>
public sealed class RancherFleetInstaller(IProcessRunner? runner = null, string helm = "helm")
{
    private const string DefinitionRelease = "fleet-crd";
    private const string Release = "fleet";
    private const string Group = "fleet.cattle.io";

    /// <summary>Installs Fleet. A release that is there with the same chart and values is left alone.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each line that <c>helm</c> prints.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><c>helm</c> is not there or fails, or the cluster refuses.</exception>
    public async Task<RancherFleetInstallResult> InstallAsync(TargetCluster cluster, RancherFleetOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        HelmChart[] charts = Charts(options);
        foreach (HelmChart chart in charts)
        {
            // Before the first is installed: what its helm says must not hold the secrets of the second either.
            chart.RegisterSecrets(cluster.Connection.Masker);
        }
        await RequirePermissionsAsync(cluster, options, cancellationToken).ConfigureAwait(false);
        ApplyResult ns = await cluster.Applier.ApplyAsync([ArgoCDInstaller.NamespaceObject(options.Namespace)], new ApplyOptions { FieldManager = FieldManagers.Install }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(ns, "Rancher Fleet");
        string version = "";
        bool changed = false;
        foreach (HelmChart chart in charts)
        {
            changed |= await EnsureAsync(chart).ConfigureAwait(false);
        }
        cluster.Discovery.Invalidate();
        if (options.Wait)
        {
            ObjectReference[] workloads = [.. (await cluster.Reader.ListAsync("apps", "Deployment", options.Namespace, "", cancellationToken).ConfigureAwait(false)).Select(ObjectReference.Of)];
            WaitResult waited = await cluster.Waiter.WaitUntilReadyAsync(workloads, new WaitOptions { Timeout = options.Timeout }, null, cancellationToken).ConfigureAwait(false);
            ApplySummary.ThrowIfFailed(waited, options.Timeout);
        }
        return new RancherFleetInstallResult(changed, changed ? $"installed {options}" : $"{options} is in place") { Namespace = options.Namespace, Version = version };

        async Task<bool> EnsureAsync(HelmChart chart)
        {
            var releases = new HelmReleases(cluster);
            HelmRelease? release = await releases.FindAsync(chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
            // What is in a folder or an archive, only helm can tell.
            version = chart.Version.Length > 0 ? chart.Version : await Client(cluster).ChartVersionAsync(chart.Chart, cancellationToken).ConfigureAwait(false);
            if (release is { IsDeployed: true } && release.ChartVersion == version && JsonNode.DeepEquals(release.Values, chart.Values))
            {
                return false;
            }
            ArgoCDInstaller.RequireNoDowngrade(release?.ChartVersion ?? "", version, options.AllowDowngrade, chart.Chart);
            await releases.RemovePendingAsync(chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
            await HelmRun.ChangeAsync(cluster, chart.ReleaseName, options.Namespace, () => Client(cluster).UpgradeAsync(chart, options.Namespace, takeOwnership: false, options.Timeout, Lines(progress), cancellationToken), cancellationToken).ConfigureAwait(false);
            await HelmDefinitions.WaitAsync(cluster, chart.ReleaseName, options.Namespace, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>What would be started. Needs no cluster.</summary>
    /// <param name="options">How.</param>
    /// <param name="connection">Which cluster.</param>
    public RancherFleetInstallPlan Plan(RancherFleetOptions options, ClusterConnectionOptions connection)
    {
        var client = new HelmClient(runner ?? new ProcessRunner(connection.Masker), connection, helm);
        return new RancherFleetInstallPlan(options.Namespace, [.. Charts(options).Select(c => client.Describe(c, options.Namespace))]);
    }

    /// <summary>Removes Fleet's controllers, and with them its CustomResourceDefinitions when asked to. What Fleet deployed stays with the former.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="includeDefinitions">Also removes the CustomResourceDefinitions, and with them every GitRepo, Bundle and the like; Fleet's agents then take away what these deployed.</param>
    /// <param name="progress">Told of each line that <c>helm</c> prints.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.NotInstalled"/>: there is no release of it; or <c>helm</c> is not there or fails.</exception>
    public async Task<RancherFleetUninstallResult> UninstallAsync(TargetCluster cluster, RancherFleetOptions options, bool includeDefinitions = false, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var releases = new HelmReleases(cluster);
        var found = new List<HelmRelease>();
        foreach (string name in includeDefinitions ? new[] { Release, DefinitionRelease } : [Release])
        {
            if (await releases.FindAsync(name, options.Namespace, cancellationToken).ConfigureAwait(false) is { } release)
            {
                found.Add(release);
            }
        }
        IReadOnlyList<JsonObject> definitions = found.Any(r => r.Name == DefinitionRelease)
            ? [.. (await cluster.Reader.ListAsync("apiextensions.k8s.io", "CustomResourceDefinition", "", "", cancellationToken).ConfigureAwait(false)).Where(d => d.At("spec", "group").Text() == Group)]
            : [];
        IReadOnlyList<JsonObject> finalized = await FinalizerRemoval.FindAsync(cluster, definitions, IsTheirs, cancellationToken).ConfigureAwait(false);
        await RancherFleetPermissions.RequireUninstallAsync(cluster, found, [.. finalized.Select(ObjectReference.Of)], options.Namespace, cancellationToken).ConfigureAwait(false);
        var removed = new List<string>();
        foreach (HelmRelease release in found)
        {
            if (release.Name == DefinitionRelease)
            {
                await FinalizerRemoval.RunAsync(cluster, definitions, IsTheirs, cancellationToken).ConfigureAwait(false);
            }
            await HelmRun.ChangeAsync(cluster, release.Name, options.Namespace, () => Client(cluster).UninstallAsync(release.Name, options.Namespace, options.Timeout, Lines(progress), cancellationToken), cancellationToken).ConfigureAwait(false);
            removed.Add(release.Name);
        }
        return removed.Count > 0 ? new RancherFleetUninstallResult(options.Namespace, removed)
            : throw new OperationException(ErrorIds.NotInstalled, $"Fleet is not in namespace {options.Namespace} of {cluster.Connection.Server}.", "Name its namespace with -Namespace, or its cluster with -Context.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };

        static bool IsTheirs(string finalizer) => finalizer.StartsWith(Group + "/", StringComparison.Ordinal);
    }

    /// <summary>Makes sure that the user may install all of it, before anything is changed.</summary>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing; the message names each.</exception>
    internal Task RequirePermissionsAsync(TargetCluster cluster, RancherFleetOptions options, CancellationToken cancellationToken) =>
        RancherFleetPermissions.RequireInstallAsync(cluster, Client(cluster), Charts(options), options.Namespace, cancellationToken);

    /// <summary>The definitions first: the controllers do not start without them.</summary>
    private static HelmChart[] Charts(RancherFleetOptions options) =>
    [
        new HelmChart { ReleaseName = DefinitionRelease, Chart = options.DefinitionChart, RepositoryUrl = options.RepositoryUrl, Version = options.Version },
        new HelmChart { ReleaseName = Release, Chart = options.Chart, RepositoryUrl = options.RepositoryUrl, Version = options.Version, ValuesJson = options.ValuesJson },
    ];

    private HelmClient Client(TargetCluster cluster) => new(runner ?? new ProcessRunner(cluster.Connection.Masker), cluster.Options, helm);

    private static ProgressRelay<string>? Lines(IProgress<OperationProgress>? progress) =>
        progress is null ? null : new ProgressRelay<string>(line => progress.Report(new OperationProgress("helm", line)));
}
