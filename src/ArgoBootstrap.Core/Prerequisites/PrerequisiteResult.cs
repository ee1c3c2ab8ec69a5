using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Prerequisites;

/// <summary>How a check ended.</summary>
public enum PrerequisiteStatus : long
{
    /// <summary>As it has to be.</summary>
    Passed,

    /// <summary>It works, but somebody should know.</summary>
    Warning,

    /// <summary>A bootstrap would fail.</summary>
    Failed,

    /// <summary>It could not be checked because another check failed.</summary>
    Skipped,
}

/// <summary>One thing that a cluster must have, and whether it has it.</summary>
/// <param name="Name">The check: <c>Reachability</c>, <c>Version</c>, <c>Permission</c>, <c>Installation</c>, <c>Namespace</c>, <c>Application</c>, <c>Adoption</c>, <c>StorageClass</c>, <c>IngressClass</c>, <c>ApiVersion</c>, <c>Admission</c>.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do about it; empty when nothing is to do.</param>
public sealed record PrerequisiteResult(string Name, PrerequisiteStatus Status, string Message, string Remedy = "")
{
    /// <summary>What it is about: a permission, a namespace, an object.</summary>
    public string Target { get; init; } = "";

    /// <summary>For a failure, the id of the error behind it; otherwise empty.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>For missing permissions, the ClusterRole that grants all of them together, as YAML, with its binding where the server says who the user is; otherwise empty.</summary>
    public string ClusterRole { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Status}: {Message}";
}

/// <summary>What a cluster is to get, and so what has to be there.</summary>
public sealed record PrerequisiteRequest
{
    /// <summary>Argo CD's namespace.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>The objects that will be applied; empty checks what every bootstrap needs.</summary>
    public IReadOnlyList<ClusterObject> Objects { get; init; } = [];

    /// <summary>Whether Argo CD is installed with its manifest or chart, beside the objects.</summary>
    public bool InstallsArgoCD { get; init; } = true;

    /// <summary>Whether an Argo CD that is there is taken over, whoever installed it.</summary>
    public bool Adopt { get; init; }

    /// <summary>Whether a lock is taken that keeps two of them apart.</summary>
    internal bool NeedsLock { get; init; } = true;

    /// <summary>Whether helm installs something, which keeps its releases in Secrets.</summary>
    internal bool UsesHelm { get; init; }

    /// <summary>Whether fields that others own are taken over.</summary>
    public bool Force { get; init; }
}
