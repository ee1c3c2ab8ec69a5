using ArgoBootstrap.Clusters;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Diagnostics;

/// <summary>
/// The stable names of what can go wrong with repositories, revisions, bootstraps, registrations and the audit log, beside
/// <see cref="ClusterErrorIds"/> and <see cref="DiagnosticIds"/>. Documented in docs/troubleshooting.md.
/// </summary>
public static class ErrorIds
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

    /// <summary>A host that is not a valid DNS name.</summary>
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

    /// <summary>The program could not render an overlay, or could not be run.</summary>
    public const string EngineFailed = nameof(EngineFailed);

    /// <summary>The program warned of something.</summary>
    public const string EngineWarning = nameof(EngineWarning);

    /// <summary>A program that is older than what is needed of it.</summary>
    public const string ProgramTooOld = nameof(ProgramTooOld);

    /// <summary>Objects that have to be deleted first, since fields of theirs that differ cannot be changed.</summary>
    public const string ReplacementNeeded = nameof(ReplacementNeeded);

    /// <summary>The overlay cannot be rendered, or has findings of severity error.</summary>
    public const string OverlayInvalid = nameof(OverlayInvalid);

    /// <summary>A manifest that cannot be read or downloaded, or whose content is not what was expected.</summary>
    public const string ManifestUnavailable = nameof(ManifestUnavailable);

    /// <summary>A manifest whose SHA-256 is not the pinned one.</summary>
    public const string ChecksumMismatch = nameof(ChecksumMismatch);

    /// <summary>A request that cannot be carried out as given.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>The rendered Application does not say what the chart's installation needs.</summary>
    public const string ChartNotDescribed = nameof(ChartNotDescribed);

    /// <summary>The cluster runs a newer version than the one that is asked for.</summary>
    public const string DowngradeRefused = nameof(DowngradeRefused);

    /// <summary>The version that runs cannot be told, so nothing can be compared with it.</summary>
    public const string VersionUnknown = nameof(VersionUnknown);

    /// <summary>Argo CD is not installed where it was looked for.</summary>
    public const string NotInstalled = nameof(NotInstalled);

    /// <summary>An Argo CD that somebody else installed is there already.</summary>
    public const string InstallationExists = nameof(InstallationExists);

    /// <summary>The cluster is managed from another overlay.</summary>
    public const string OverlayMismatch = nameof(OverlayMismatch);

    /// <summary>What the cluster must have is missing; the results name each thing.</summary>
    public const string PrerequisiteFailed = nameof(PrerequisiteFailed);

    /// <summary>Another Secret registers the same cluster or repository.</summary>
    public const string RegistrationExists = nameof(RegistrationExists);

    /// <summary>Applications still use what is to be removed.</summary>
    public const string RegistrationInUse = nameof(RegistrationInUse);

    /// <summary>A cluster that the Argo CD does not know.</summary>
    public const string RegistrationNotFound = nameof(RegistrationNotFound);

    /// <summary>A secret that a vault does not give, or that is not of the kind that is needed.</summary>
    public const string SecretUnavailable = nameof(SecretUnavailable);

    /// <summary>What only a mistake in this program can cause.</summary>
    public const string UnexpectedError = nameof(UnexpectedError);

    /// <summary>A service account's token could not be issued.</summary>
    public const string TokenUnavailable = nameof(TokenUnavailable);

    /// <summary>Lines were changed, taken out, put in, reordered or cut off.</summary>
    public const string AuditLogTampered = nameof(AuditLogTampered);

    /// <summary>A line that a process did not finish.</summary>
    public const string AuditLogIncomplete = nameof(AuditLogIncomplete);
}
