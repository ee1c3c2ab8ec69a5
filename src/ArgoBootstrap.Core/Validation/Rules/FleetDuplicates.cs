namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Finds values that several clusters have.</summary>
internal static class FleetDuplicates
{
    private const int ShownOthers = 3;

    /// <summary>A value that other clusters have as well.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Value">The value.</param>
    /// <param name="Others">The overlays of the others, as a message names them.</param>
    public sealed record Duplicate(ClusterIdentity Cluster, IdentityValue Value, string Others);

    /// <summary>Finds them. Several overlays of one cluster may have the same value; case makes no difference, as in DNS.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="values">The values of a cluster.</param>
    public static IEnumerable<Duplicate> Find(IReadOnlyList<ClusterIdentity> clusters, Func<ClusterIdentity, IEnumerable<IdentityValue>> values)
    {
        ILookup<string, (ClusterIdentity Cluster, IdentityValue Value)> owners = clusters
            .SelectMany(cluster => values(cluster), (cluster, value) => (cluster, value))
            .ToLookup(owner => owner.value.Value, StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, (ClusterIdentity Cluster, IdentityValue Value)> group in owners)
        {
            // By cluster, so that a name that a thousand clusters have costs no million comparisons.
            Dictionary<string, string> clustersOfGroup = [];
            foreach ((ClusterIdentity cluster, _) in group)
            {
                clustersOfGroup.TryAdd(cluster.Key, cluster.Target.RelativePath);
            }

            if (clustersOfGroup.Count > 1)
            {
                foreach ((ClusterIdentity cluster, IdentityValue value) in group)
                {
                    yield return new Duplicate(cluster, value, Describe(clustersOfGroup, cluster.Key));
                }
            }
        }
    }

    private static string Describe(Dictionary<string, string> clusters, string own)
    {
        IEnumerable<string> others = clusters.Where(cluster => cluster.Key != own).Select(cluster => cluster.Value).Take(ShownOthers);
        int more = clusters.Count - 1 - ShownOthers;
        return string.Join(", ", others) + (more > 0 ? $" and {more} more" : "");
    }
}
