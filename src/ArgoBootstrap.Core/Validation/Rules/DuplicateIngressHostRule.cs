using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Two clusters of one host. See docs/rules/DuplicateIngressHost.md.</summary>
internal sealed class DuplicateIngressHostRule : IFleetRule
{
    /// <inheritdoc/>
    public string Id => "DuplicateIngressHost";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "No two clusters' Argo CDs answer on the same host.";

    /// <inheritdoc/>
    public IEnumerable<FleetViolation> Check(IReadOnlyList<ClusterIdentity> clusters) =>
        FleetDuplicates.Find(clusters, cluster => cluster.Hosts)
            .Select(duplicate => new FleetViolation(
                duplicate.Cluster,
                $"The host '{duplicate.Value.Value}' is also that of {duplicate.Others}.",
                "Give each cluster a host of its own: INGRESS_HOST of its cluster-config.",
                duplicate.Value.Position));
}
