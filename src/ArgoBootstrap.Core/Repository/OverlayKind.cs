namespace ArgoBootstrap.Core.Repository;

/// <summary>What an overlay is for.</summary>
public enum OverlayKind : long
{
    /// <summary>One cluster's own.</summary>
    Cluster,

    /// <summary>An environment without named clusters: the overlay is what its one cluster gets.</summary>
    Environment,

    /// <summary>What the named clusters of an environment share; no cluster gets it by itself.</summary>
    Shared,
}
