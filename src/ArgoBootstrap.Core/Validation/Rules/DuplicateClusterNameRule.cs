using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Two clusters of one name. See docs/rules/DuplicateClusterName.md.</summary>
internal sealed class DuplicateClusterNameRule : IFleetRule
{
    /// <inheritdoc/>
    public string Id => "DuplicateClusterName";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "No two clusters have the same name.";

    /// <inheritdoc/>
    public IEnumerable<FleetViolation> Check(IReadOnlyList<ClusterIdentity> clusters) =>
        FleetDuplicates.Find(clusters, cluster => cluster.Name is { } name ? [name] : [])
            .Select(duplicate => new FleetViolation(
                duplicate.Cluster,
                $"The cluster name '{duplicate.Value.Value}' is also that of {duplicate.Others}.",
                "Give each cluster a name of its own: CLUSTER_NAME of its cluster-config, which is also the name of its folder.",
                duplicate.Value.Position));
}
