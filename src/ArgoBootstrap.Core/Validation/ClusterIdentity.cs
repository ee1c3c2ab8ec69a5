using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Who a cluster is: all that rules about the fleet need, so that nothing rendered has to be kept for them.</summary>
/// <param name="Target">The overlay that says so.</param>
/// <param name="Name">The cluster's name, or <see langword="null"/> where there is none.</param>
/// <param name="Hosts">The hosts that its Argo CD answers on.</param>
public sealed record ClusterIdentity(OverlayTarget Target, IdentityValue? Name, IReadOnlyList<IdentityValue> Hosts)
{
    /// <summary>What overlays of the same cluster have in common: its place in the layout.</summary>
    public string Key => Target.Overlay is { } overlay ? $"{overlay.Environment}/{overlay.Cluster}" : Target.Path;
}

/// <summary>A name or host, and where it is written.</summary>
/// <param name="Value">The name or host.</param>
/// <param name="Position">Where.</param>
public sealed record IdentityValue(string Value, SourcePosition Position);
