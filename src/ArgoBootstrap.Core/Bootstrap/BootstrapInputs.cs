using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>What a bootstrap takes from the repository: the overlay, its Application, and how Argo CD is installed.</summary>
internal sealed record BootstrapInputs(ClusterOverlay Overlay, PreparedOverlay Prepared, SelfManagement? Application, string Namespace, ArgoCDInstallOptions? Install)
{
    /// <summary>The namespace of Argo CD as the overlay brings it; null when it does not.</summary>
    public ClusterObject? NamespaceObject => Prepared.Objects.FirstOrDefault(o => ApplyOrder.IsNamespace(o.Reference.Type) && o.Reference.Name == Namespace);

    public static async Task<BootstrapInputs> ReadAsync(BootstrapRequest request, OverlayDeployer deployer, CancellationToken cancellationToken)
    {
        foreach (RepositoryCredential credential in request.SkipArgoCD ? [] : request.Repositories)
        {
            RepositoryRegistration.Validate(credential);
        }
        if (request is { SkipArgoCD: false, Registration: { } registration })
        {
            ClusterRegistration.Validate(registration, hasTarget: true);
        }
        GitOpsRepository repository = GitOpsRepository.Open(request.RepositoryPath);
        ClusterOverlay overlay = new OverlayPathResolver(repository).Resolve(request.Environment, request.Cluster);
        if (overlay.Kind == OverlayKind.Shared)
        {
            throw new OperationException(
                ErrorIds.InvalidRequest,
                $"{overlay.RelativePath} is what the clusters of '{request.Environment}' share; no cluster gets it by itself.",
                "Name one of its clusters with -Cluster; Get-ClusterOverlay lists them.");
        }
        PreparedOverlay prepared = await deployer.PrepareAsync(overlay.Path, cancellationToken).ConfigureAwait(false);
        SelfManagement? application = SelfManagement.Find(prepared.Objects, overlay.RelativePath);
        GitOpsSettings settings = Settings(repository);
        string ns = application?.DestinationNamespace is { Length: > 0 } named ? named : settings.ArgoCD.Namespace;
        return new BootstrapInputs(overlay, prepared, application, ns, InstallOptions(request, prepared, application, settings, ns));
    }

    /// <summary>How Argo CD is installed before the overlay; null when the overlay brings it along.</summary>
    private static ArgoCDInstallOptions? InstallOptions(BootstrapRequest request, PreparedOverlay prepared, SelfManagement? application, GitOpsSettings settings, string ns)
    {
        if (request.SkipArgoCD || prepared.Rendered is null)
        {
            return null;
        }
        var common = new ArgoCDInstallOptions
        {
            Namespace = ns, Force = request.Force, Adopt = request.Adopt, Wait = request.Wait, Timeout = request.Timeout, Parallelism = request.Parallelism,
            Provided = prepared.Objects, LeavesToArgoCD = !request.Force, OverlayPath = prepared.Target.RelativePath, RepositoryUrl = application?.RepositoryUrl ?? "",
        };
        bool useHelm = request.Method is { } method ? method == ArgoCDInstallMethod.Helm : application?.HasChart ?? false;
        if (useHelm)
        {
            HelmChart chart = (application ?? throw new OperationException(
                ErrorIds.ChartNotDescribed, $"The overlay {prepared.Target.RelativePath} renders no Application that manages Argo CD.", "Add it to the overlay, or install with -Method Manifest.")).ReadChart();
            return common with
            {
                Method = ArgoCDInstallMethod.Helm,
                Chart = request.ChartPath.Length > 0 ? chart with { Chart = request.ChartPath, RepositoryUrl = "", Version = "" } : chart,
            };
        }
        bool rendersWorkloads = ArgoCDDetector.IsIn(prepared.Objects);
        if (rendersWorkloads && request.Manifest is null)
        {
            return null;
        }
        return common with { Method = ArgoCDInstallMethod.Manifest, Manifest = request.Manifest ?? ManifestSource.ForArgoCD(settings.ArgoCD.Version ?? ManifestSource.DefaultVersion) };
    }

    private static GitOpsSettings Settings(GitOpsRepository repository)
    {
        try
        {
            return repository.Settings;
        }
        catch (Kustomize.Diagnostics.KustomizeException e)
        {
            throw new OperationException(ErrorIds.InvalidRequest, $"The settings file {repository.SettingsPath} cannot be read: {e.Message}", "Correct it; Test-KustomizeOverlay names file and line.", e);
        }
    }
}
