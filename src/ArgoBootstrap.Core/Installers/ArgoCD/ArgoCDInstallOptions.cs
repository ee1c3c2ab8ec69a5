using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>How Argo CD is installed or updated.</summary>
public sealed record ArgoCDInstallOptions
{
    /// <summary>With the upstream manifest, in process, or with the chart through <c>helm</c>.</summary>
    public ArgoCDInstallMethod Method { get; init; } = ArgoCDInstallMethod.Manifest;

    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>For <see cref="ArgoCDInstallMethod.Manifest"/>: the manifest.</summary>
    public ManifestSource Manifest { get; init; } = ManifestSource.ForArgoCD(ManifestSource.DefaultVersion);

    /// <summary>For <see cref="ArgoCDInstallMethod.Helm"/>: the chart and its values, as <see cref="SelfManagement.ReadChart"/> gives them.</summary>
    public HelmChart? Chart { get; init; }

    /// <summary>
    /// Objects that an overlay brings, which is applied after the installation. Of these the installation's own version is never
    /// applied: those that Argo CD's pods need to start are applied first in this version, the others are left to the overlay.
    /// </summary>
    public IReadOnlyList<ClusterObject> Provided { get; init; } = [];

    /// <summary>The path of the overlay that the cluster is set up from, noted on the namespace before helm starts; empty for none.</summary>
    public string OverlayPath { get; init; } = "";

    /// <summary>The repository that holds the overlay; empty when it is not known.</summary>
    public string RepositoryUrl { get; init; } = "";

    /// <summary>Whether objects that a running Argo CD manages already are left to it, instead of being conflicts.</summary>
    internal bool LeavesToArgoCD { get; init; }

    /// <summary>Takes over an Argo CD that another tool installed in the same namespace: what that tool set and the installation does not name goes away. What somebody set by hand stays.</summary>
    public bool Adopt { get; init; }

    /// <summary>Takes over fields that others own, and installs beside an Argo CD in another namespace.</summary>
    public bool Force { get; init; }

    /// <summary>Goes to an older version than the one that is there.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Asks the server what would change, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Waits until the server serves the kinds of the definitions and the workloads are ready.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait, and how long <c>helm</c> may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many objects are applied at once.</summary>
    public int Parallelism { get; init; } = 8;
}
