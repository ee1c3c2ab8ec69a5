namespace ArgoBootstrap.Core.Diagnostics;

/// <summary>The stable names of everything that a <see cref="GitOpsException"/> reports.</summary>
public static class GitOpsErrorIds
{
    /// <summary>No GitOps repository holds the path.</summary>
    public const string RepositoryNotFound = nameof(RepositoryNotFound);
}
