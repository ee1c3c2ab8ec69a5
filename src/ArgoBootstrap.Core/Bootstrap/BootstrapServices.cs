using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>What a bootstrapper works with; one set serves any number of clusters at once.</summary>
public sealed class BootstrapServices
{
    /// <summary>Gathers the services.</summary>
    /// <param name="builder">Renders overlays; one with kustomize's defaults when null.</param>
    /// <param name="loader">Reads manifests; one with the default cache when null.</param>
    /// <param name="runner">Starts <c>helm</c>; when null, <see cref="ProcessRunner"/> with the cluster's masker.</param>
    /// <param name="helm">The program; a name on <c>PATH</c>, or a path.</param>
    public BootstrapServices(KustomizeBuilder? builder = null, ManifestLoader? loader = null, IProcessRunner? runner = null, string helm = "helm")
    {
        ManifestLoader manifests = loader ?? new ManifestLoader();
        Deployer = new OverlayDeployer(builder);
        Installer = new ArgoCDInstaller(manifests, runner, helm);
        Flux = new FluxInstaller(manifests);
        Fleet = new RancherFleetInstaller(runner, helm);
    }

    /// <summary>Renders and applies overlays.</summary>
    public OverlayDeployer Deployer { get; }

    /// <summary>Installs Argo CD.</summary>
    public ArgoCDInstaller Installer { get; }

    /// <summary>Installs Flux.</summary>
    public FluxInstaller Flux { get; }

    /// <summary>Installs Rancher Fleet.</summary>
    public RancherFleetInstaller Fleet { get; }
}
