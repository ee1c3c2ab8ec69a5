using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>A cluster that is to be bootstrapped.</summary>
/// <param name="Overlay">What it gets.</param>
/// <param name="Request">What it is to become.</param>
/// <param name="Connection">Where it is.</param>
internal sealed record FleetMember(ClusterOverlay Overlay, BootstrapRequest Request, ClusterConnectionOptions Connection)
{
    /// <summary>How messages name it.</summary>
    public string Name => Overlay.Cluster is null ? Overlay.Environment : $"{Overlay.Environment}/{Overlay.Cluster}";

    /// <summary>Tells clusters apart, as far as that can be done without asking them.</summary>
    public string Place => PlaceOf(Connection);

    /// <summary>Whether a connection leads to this cluster.</summary>
    /// <param name="connection">The connection.</param>
    public bool IsAt(ClusterConnectionOptions connection) => PlaceOf(connection) == Place;

    private static string PlaceOf(ClusterConnectionOptions connection) => $"{connection.KubeConfigPath}\n{connection.Context}";
}
