using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Diagnostics;

/// <summary>The stable names of everything that a <see cref="GitOpsException"/> reports.</summary>
public static class GitOpsErrorIds
{
    /// <summary>No GitOps repository holds the path.</summary>
    public const string RepositoryNotFound = nameof(RepositoryNotFound);

    /// <summary>The repository has no such environment, or the environment has no overlay of the application.</summary>
    public const string EnvironmentNotFound = nameof(EnvironmentNotFound);

    /// <summary>The environment has no such cluster, or the cluster no overlay of the application.</summary>
    public const string OverlayNotFound = nameof(OverlayNotFound);

    /// <summary>The repository lacks the component that makes one cluster's configuration of the shared one.</summary>
    public const string ClusterComponentNotFound = nameof(ClusterComponentNotFound);

    /// <summary>A name that cannot be the name of an environment, a cluster or an application.</summary>
    public const string InvalidName = nameof(InvalidName);

    /// <summary>A host that is no DNS name.</summary>
    public const string InvalidHost = nameof(InvalidHost);

    /// <summary>The cluster has an overlay already.</summary>
    public const string OverlayExists = nameof(OverlayExists);

    /// <summary>Another cluster of the repository has the name.</summary>
    public const string ClusterNameInUse = nameof(ClusterNameInUse);

    /// <summary>Another cluster or environment of the repository has the host.</summary>
    public const string HostInUse = nameof(HostInUse);

    /// <summary>A file or folder cannot be read or written.</summary>
    public const string FileAccess = nameof(FileAccess);

    /// <summary>The path lies in no Git repository, so that it has no revisions.</summary>
    public const string GitRepositoryNotFound = nameof(GitRepositoryNotFound);

    /// <summary>The Git repository has no such branch, tag or commit.</summary>
    public const string RevisionNotFound = nameof(RevisionNotFound);

    /// <summary>The files of a revision could not be read out of the Git repository.</summary>
    public const string GitFailed = nameof(GitFailed);

    /// <summary>Two paths that are to be compared do not stand for overlays that belong together.</summary>
    public const string NotComparable = nameof(NotComparable);

    /// <summary>The program that is to render overlays is not there.</summary>
    public const string EngineNotFound = nameof(EngineNotFound);

    /// <summary>What is to render overlays cannot do what is asked for.</summary>
    public const string EngineOptionNotSupported = nameof(EngineOptionNotSupported);

    /// <summary>Parameters that exclude each other.</summary>
    public const string ParameterConflict = nameof(ParameterConflict);

    /// <summary>Something that is only done when the user agrees to it, in a session that cannot ask.</summary>
    public const string ConfirmationNeeded = nameof(ConfirmationNeeded);
}
