namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>An Argo CD that runs, or should, on a cluster.</summary>
public sealed record ArgoCDInstallation
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The version that its image's tag names; empty when it names none.</summary>
    public string Version { get; init; } = "";

    /// <summary>What installed it: <c>ArgoBootstrap</c>, <c>Helm</c>, <c>kubectl</c>, <c>argocd-autopilot</c>, or the field manager's name.</summary>
    public string InstalledBy { get; init; } = "";

    /// <summary>The Helm release, when it was installed with one; otherwise empty.</summary>
    public string HelmRelease { get; init; } = "";

    /// <summary>Names of its Deployments and StatefulSets.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"Argo CD {(Version.Length > 0 ? Version : "of unknown version")} in namespace {Namespace} (by {InstalledBy})";
}
