using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.PowerShell.Errors;

/// <summary>The PowerShell category of each error id.</summary>
internal static class ErrorCategories
{
    /// <summary>The category of an id.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>, <see cref="ProcessErrorIds"/>, <see cref="ClusterErrorIds"/> or <see cref="ErrorIds"/>.</param>
    public static ErrorCategory Of(string id) => id switch
    {
        DiagnosticIds.FileNotFound
            or DiagnosticIds.KustomizationFileMissing
            or DiagnosticIds.TargetNotFound
            or ErrorIds.RepositoryNotFound
            or ErrorIds.EnvironmentNotFound
            or ErrorIds.OverlayNotFound
            or ErrorIds.ClusterComponentNotFound
            or ErrorIds.GitRepositoryNotFound
            or ErrorIds.RevisionNotFound
            or ErrorIds.EngineNotFound => ErrorCategory.ObjectNotFound,

        // Not ParserError: PowerShell shows errors of that category as mistakes in a script, and breaks their text.
        DiagnosticIds.InvalidYaml => ErrorCategory.InvalidData,
        DiagnosticIds.FileUnreadable or ErrorIds.FileAccess => ErrorCategory.ReadError,
        DiagnosticIds.OutsideRoot => ErrorCategory.PermissionDenied,
        DiagnosticIds.LimitExceeded => ErrorCategory.LimitsExceeded,
        DiagnosticIds.WrongType => ErrorCategory.InvalidType,
        DiagnosticIds.PluginNotSupported => ErrorCategory.NotImplemented,
        DiagnosticIds.RemoteUnavailable => ErrorCategory.ResourceUnavailable,
        DiagnosticIds.HelmFailed or ErrorIds.EngineFailed => ErrorCategory.NotSpecified,
        ErrorIds.OverlayExists
            or ErrorIds.ClusterNameInUse
            or ErrorIds.HostInUse
            or DiagnosticIds.DuplicateResource => ErrorCategory.ResourceExists,
        ErrorIds.InvalidName
            or ErrorIds.InvalidHost
            or ErrorIds.NotComparable
            or ErrorIds.ParameterConflict
            or ErrorIds.EngineOptionNotSupported => ErrorCategory.InvalidArgument,
        ErrorIds.GitFailed => ErrorCategory.NotSpecified,
        ErrorIds.ConfirmationNeeded => ErrorCategory.InvalidOperation,
        ClusterErrorIds.KubeConfigNotFound
            or ClusterErrorIds.ContextNotFound
            or ClusterErrorIds.NotFound
            or ClusterErrorIds.KindUnknown
            or ProcessErrorIds.ProgramNotFound
            or ErrorIds.RegistrationNotFound
            or ErrorIds.NotInstalled => ErrorCategory.ObjectNotFound,
        ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.TlsFailed => ErrorCategory.ConnectionError,
        ClusterErrorIds.AuthenticationFailed or ClusterErrorIds.CredentialPluginFailed => ErrorCategory.AuthenticationError,
        ClusterErrorIds.Forbidden or ClusterErrorIds.AdmissionDenied => ErrorCategory.PermissionDenied,
        ClusterErrorIds.Conflict
            or ClusterErrorIds.BeingDeleted
            or ClusterErrorIds.BootstrapLocked
            or ClusterErrorIds.LockLost
            or ErrorIds.RegistrationInUse => ErrorCategory.ResourceBusy,
        ClusterErrorIds.Throttled => ErrorCategory.LimitsExceeded,
        ClusterErrorIds.ServerError
            or ErrorIds.ManifestUnavailable
            or ErrorIds.SecretUnavailable
            or ErrorIds.TokenUnavailable => ErrorCategory.ResourceUnavailable,
        ClusterErrorIds.UnexpectedAnswer => ErrorCategory.ProtocolError,
        ClusterErrorIds.WaitTimedOut => ErrorCategory.OperationTimeout,
        ClusterErrorIds.WaitFailed
            or ClusterErrorIds.DependencyFailed
            or ClusterErrorIds.ApplyFailed
            or ClusterErrorIds.DeleteFailed
            or ProcessErrorIds.ProgramFailed => ErrorCategory.NotSpecified,
        ErrorIds.InvalidRequest => ErrorCategory.InvalidArgument,
        ErrorIds.InstallationExists or ErrorIds.OverlayMismatch or ErrorIds.RegistrationExists => ErrorCategory.ResourceExists,
        ErrorIds.DowngradeRefused
            or ErrorIds.VersionUnknown
            or ErrorIds.ReplacementNeeded
            or ErrorIds.ProgramTooOld
            or ErrorIds.PrerequisiteFailed => ErrorCategory.InvalidOperation,
        ErrorIds.ChecksumMismatch or ErrorIds.AuditLogTampered => ErrorCategory.SecurityError,
        _ => ErrorCategory.InvalidData,
    };
}
