namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>The stable names of what can go wrong while a cluster is set up, beside <see cref="Clusters.ClusterErrorIds"/>. Documented in docs/troubleshooting.md.</summary>
public static class BootstrapErrorIds
{
    /// <summary>A program such as <c>helm</c> is not there.</summary>
    public const string ProgramNotFound = nameof(ProgramNotFound);

    /// <summary>A program ended with an error, or did not end in time.</summary>
    public const string ProgramFailed = nameof(ProgramFailed);

    /// <summary>A program that is older than what is needed of it.</summary>
    public const string ProgramTooOld = nameof(ProgramTooOld);

    /// <summary>Objects that have to be deleted first, since fields of theirs that differ cannot be changed.</summary>
    public const string ReplacementNeeded = nameof(ReplacementNeeded);

    /// <summary>The overlay cannot be rendered, or has findings of severity error.</summary>
    public const string OverlayInvalid = nameof(OverlayInvalid);

    /// <summary>Objects could not be applied.</summary>
    public const string ApplyFailed = nameof(ApplyFailed);

    /// <summary>Objects could not be deleted.</summary>
    public const string DeleteFailed = nameof(DeleteFailed);

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

    /// <summary>Somebody else sets up this cluster just now.</summary>
    public const string BootstrapLocked = nameof(BootstrapLocked);

    /// <summary>The lock that keeps two bootstraps apart was lost on the way.</summary>
    public const string LockLost = nameof(LockLost);

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
}
