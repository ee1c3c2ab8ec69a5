using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>What Argo CD is installed from.</summary>
/// <param name="Options">The manifest, or the chart with its values, and the namespace.</param>
/// <param name="Overlay">The overlay that says so; <see langword="null"/> for none.</param>
/// <param name="Application">The overlay's Application through which Argo CD manages itself; <see langword="null"/> for none.</param>
internal sealed record ArgoCDSource(ArgoCDInstallOptions Options, PreparedOverlay? Overlay, SelfManagement? Application);

/// <summary>Finds out what Argo CD is installed from: what the parameters say, then the overlay, then the repository's settings.</summary>
internal sealed record ArgoCDSources
{
    private const string DefaultNamespace = "argocd";

    public string? OverlayPath { get; init; }

    public string RepositoryPath { get; init; } = "";

    public string? Environment { get; init; }

    public string? Cluster { get; init; }

    public string? Namespace { get; init; }

    public ArgoCDInstallMethod? Method { get; init; }

    public string? Version { get; init; }

    public string? Sha256 { get; init; }

    public string? ManifestPath { get; init; }

    public string? ChartPath { get; init; }

    public bool IsHighlyAvailable { get; init; }

    private bool NamesManifest => Version is not null || Sha256 is not null || ManifestPath is not null || IsHighlyAvailable;

    /// <summary>Renders the overlay, where one is named, and reads what it says. Needs no cluster.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">Parameters do not fit together, the overlay has errors, or does not say what is needed.</exception>
    public async Task<ArgoCDSource> ReadAsync(CancellationToken cancellationToken)
    {
        RequireFitting();
        string? path = OverlayPath ?? (Environment is null ? null : new OverlayPathResolver(GitOpsRepository.Open(RepositoryPath)).Resolve(Environment, Cluster).Path);
        if (path is null)
        {
            bool isHelm = Method == ArgoCDInstallMethod.Helm || ChartPath is not null;
            ArgoCDInstallOptions plain = new() { Namespace = Namespace ?? DefaultNamespace, Method = isHelm ? ArgoCDInstallMethod.Helm : ArgoCDInstallMethod.Manifest, Manifest = Manifest(null) };
            return new ArgoCDSource(plain, null, null);
        }

        PreparedOverlay overlay = await new OverlayDeployer(Builders.For(new KustomizeOptions())).PrepareAsync(path, cancellationToken).ConfigureAwait(false);
        OverlayDeployer.RequireValid(overlay, skipValidation: false);
        SelfManagement? application = SelfManagement.Find(overlay.Objects, overlay.Target.RelativePath);
        return new ArgoCDSource(OptionsOf(overlay, application, GitOpsRepository.Find(path)?.Settings), overlay, application);
    }

    private ArgoCDInstallOptions OptionsOf(PreparedOverlay overlay, SelfManagement? application, GitOpsSettings? settings)
    {
        string named = application?.DestinationNamespace is { Length: > 0 } destination ? destination : settings?.ArgoCD.Namespace ?? DefaultNamespace;
        if (Namespace is not null && Namespace != named)
        {
            throw Unfitting($"The overlay {overlay} is for namespace {named}, not for {Namespace}.", "Leave -Namespace out, or change the overlay.");
        }

        ArgoCDInstallOptions options = new() { Namespace = named, Provided = overlay.Objects, OverlayPath = overlay.Target.RelativePath, RepositoryUrl = application?.RepositoryUrl ?? "" };
        bool isHelm = Method is { } method ? method == ArgoCDInstallMethod.Helm : ChartPath is not null || (!NamesManifest && application is { HasChart: true });
        if (isHelm)
        {
            HelmChart chart = (application ?? throw new OperationException(
                ErrorIds.ChartNotDescribed, $"The overlay {overlay} renders no Application that manages Argo CD.", "Add it to the overlay, or install with -Method Manifest.")).ReadChart();
            return options with { Method = ArgoCDInstallMethod.Helm, Chart = ChartPath is null ? chart : chart with { Chart = ChartPath, RepositoryUrl = "", Version = "" } };
        }

        return !NamesManifest && ArgoCDDetector.IsIn(overlay.Objects)
            ? throw Unfitting($"The overlay {overlay} brings Argo CD's workloads itself.", "Apply it with Deploy-KustomizeOverlay, or use Invoke-GitOpsBootstrap.")
            : options with { Method = ArgoCDInstallMethod.Manifest, Manifest = Manifest(settings) };
    }

    private ManifestSource Manifest(GitOpsSettings? settings)
    {
        ManifestSource source = ManifestPath is not null ? ManifestSource.FromFile(ManifestPath) : ManifestSource.ForArgoCD(Version ?? settings?.ArgoCD.Version ?? ManifestSource.DefaultVersion, IsHighlyAvailable);
        return Sha256 is null ? source : source with { Sha256 = Sha256 };
    }

    /// <summary>Refuses what would be passed over in silence.</summary>
    private void RequireFitting()
    {
        if (NamesManifest && (Method == ArgoCDInstallMethod.Helm || ChartPath is not null))
        {
            throw Unfitting("-Version, -Sha256, -ManifestPath and -HighAvailability are for -Method Manifest. A chart's version and values are those of the overlay's Application.", "Change the Application, or leave these parameters out.");
        }

        if (ChartPath is not null && Method == ArgoCDInstallMethod.Manifest)
        {
            throw Unfitting("-ChartPath is for -Method Helm, not for a manifest.", "Give either a manifest or a chart.");
        }

        if (ManifestPath is not null && (Version is not null || IsHighlyAvailable))
        {
            throw Unfitting("What -ManifestPath holds is installed as it is: -Version and -HighAvailability do not change it.", "Name the file of that version, or leave -ManifestPath out.");
        }

        if (OverlayPath is not null && (Environment is not null || Cluster is not null))
        {
            throw Unfitting("-Path names one overlay, -Environment and -Cluster another one.", "Give either of them.");
        }

        if (Cluster is not null && Environment is null)
        {
            throw Unfitting("-Cluster is that of an -Environment, which is missing.", "Add -Environment.");
        }
    }

    private static OperationException Unfitting(string message, string remedy) => new(ErrorIds.InvalidRequest, message, remedy);
}
