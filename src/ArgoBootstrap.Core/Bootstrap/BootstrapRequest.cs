using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>What a cluster is to become.</summary>
public sealed record BootstrapRequest
{
    /// <summary>A path in the GitOps repository.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The cluster; null for an environment without named clusters.</summary>
    public string? Cluster { get; init; }

    /// <summary>How Argo CD is installed; null for what the repository's settings say. An overlay whose Application has a chart is installed with it, one that renders Argo CD's workloads brings them itself.</summary>
    public ArgoCDInstallMethod? Method { get; init; }

    /// <summary>The manifest for <see cref="ArgoCDInstallMethod.Manifest"/>; null for the release that the settings name.</summary>
    public ManifestSource? Manifest { get; init; }

    /// <summary>A chart's folder or archive on this machine, instead of the one that the Application names; for clusters without a way to it.</summary>
    public string ChartPath { get; init; } = "";

    /// <summary>Installs no Argo CD and applies no overlay of it.</summary>
    public bool SkipArgoCD { get; init; }

    /// <summary>Installs Flux with these settings; null for none.</summary>
    public FluxOptions? Flux { get; init; }

    /// <summary>Installs Rancher Fleet with these settings; null for none.</summary>
    public RancherFleetOptions? Fleet { get; init; }

    /// <summary>Repositories whose credentials Argo CD gets.</summary>
    public IReadOnlyList<RepositoryCredential> Repositories { get; init; } = [];

    /// <summary>Registers the cluster with its own Argo CD, with these labels; null for not.</summary>
    public ClusterRegistrationRequest? Registration { get; init; }

    /// <summary>Goes on although validation found errors.</summary>
    public bool SkipValidation { get; init; }

    /// <summary>Takes over fields that others own, and a cluster that is managed from another overlay.</summary>
    public bool Force { get; init; }

    /// <summary>Takes over an Argo CD that another tool installed.</summary>
    public bool Adopt { get; init; }

    /// <summary>Waits for workloads and for the self-management Application.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long the whole bootstrap may take, every wait and <c>helm</c> included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for another bootstrap of the same cluster.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the lock outlives a bootstrap that has died.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many objects are applied at once.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>What the audit records of this bootstrap have in common.</summary>
    public string CorrelationId { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>What the audit records say the bootstrap was called with; null for what this request holds. Secrets are masked when it is written.</summary>
    public IReadOnlyDictionary<string, object?>? AuditParameters { get; init; }

    /// <summary>What the audit record says when the bootstrap is stopped; asked at that moment, as it may name what stopped it.</summary>
    public Func<string> StopMessage { get; init; } = static () => "stopped";
}
