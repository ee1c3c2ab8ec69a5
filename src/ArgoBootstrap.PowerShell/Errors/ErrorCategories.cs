using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Errors;

/// <summary>The PowerShell category of each error id.</summary>
internal static class ErrorCategories
{
    /// <summary>The category of an id.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>, <see cref="EngineErrorIds"/> or <see cref="GitOpsErrorIds"/>, <see cref="ClusterErrorIds"/>, <see cref="BootstrapErrorIds"/> or <see cref="AuditErrorIds"/>.</param>
    public static ErrorCategory Of(string id) => id switch
    {
        DiagnosticIds.FileNotFound
            or DiagnosticIds.KustomizationFileMissing
            or DiagnosticIds.TargetNotFound
            or GitOpsErrorIds.RepositoryNotFound
            or GitOpsErrorIds.EnvironmentNotFound
            or GitOpsErrorIds.OverlayNotFound
            or GitOpsErrorIds.ClusterComponentNotFound
            or GitOpsErrorIds.GitRepositoryNotFound
            or GitOpsErrorIds.RevisionNotFound
            or GitOpsErrorIds.EngineNotFound => ErrorCategory.ObjectNotFound,

        // Not ParserError: PowerShell shows errors of that category as mistakes in a script, and breaks their text.
        DiagnosticIds.InvalidYaml => ErrorCategory.InvalidData,
        DiagnosticIds.FileUnreadable or GitOpsErrorIds.FileAccess => ErrorCategory.ReadError,
        DiagnosticIds.OutsideRoot => ErrorCategory.PermissionDenied,
        DiagnosticIds.LimitExceeded => ErrorCategory.LimitsExceeded,
        DiagnosticIds.WrongType => ErrorCategory.InvalidType,
        DiagnosticIds.PluginNotSupported => ErrorCategory.NotImplemented,
        DiagnosticIds.RemoteUnavailable => ErrorCategory.ResourceUnavailable,
        DiagnosticIds.HelmFailed or EngineErrorIds.EngineFailed => ErrorCategory.NotSpecified,
        GitOpsErrorIds.OverlayExists
            or GitOpsErrorIds.ClusterNameInUse
            or GitOpsErrorIds.HostInUse
            or DiagnosticIds.DuplicateResource => ErrorCategory.ResourceExists,
        GitOpsErrorIds.InvalidName
            or GitOpsErrorIds.InvalidHost
            or GitOpsErrorIds.NotComparable
            or GitOpsErrorIds.ParameterConflict
            or GitOpsErrorIds.EngineOptionNotSupported => ErrorCategory.InvalidArgument,
        GitOpsErrorIds.GitFailed => ErrorCategory.NotSpecified,
        GitOpsErrorIds.ConfirmationNeeded => ErrorCategory.InvalidOperation,
        ClusterErrorIds.KubeConfigNotFound
            or ClusterErrorIds.ContextNotFound
            or ClusterErrorIds.NotFound
            or ClusterErrorIds.KindUnknown
            or BootstrapErrorIds.ProgramNotFound
            or BootstrapErrorIds.RegistrationNotFound
            or BootstrapErrorIds.NotInstalled => ErrorCategory.ObjectNotFound,
        ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.TlsFailed => ErrorCategory.ConnectionError,
        ClusterErrorIds.AuthenticationFailed or ClusterErrorIds.CredentialPluginFailed => ErrorCategory.AuthenticationError,
        ClusterErrorIds.Forbidden or ClusterErrorIds.AdmissionDenied => ErrorCategory.PermissionDenied,
        ClusterErrorIds.Conflict
            or ClusterErrorIds.BeingDeleted
            or BootstrapErrorIds.BootstrapLocked
            or BootstrapErrorIds.LockLost
            or BootstrapErrorIds.RegistrationInUse => ErrorCategory.ResourceBusy,
        ClusterErrorIds.Throttled => ErrorCategory.LimitsExceeded,
        ClusterErrorIds.ServerError
            or BootstrapErrorIds.ManifestUnavailable
            or BootstrapErrorIds.SecretUnavailable
            or BootstrapErrorIds.TokenUnavailable => ErrorCategory.ResourceUnavailable,
        ClusterErrorIds.UnexpectedAnswer => ErrorCategory.ProtocolError,
        ClusterErrorIds.WaitTimedOut => ErrorCategory.OperationTimeout,
        ClusterErrorIds.WaitFailed
            or ClusterErrorIds.DependencyFailed
            or BootstrapErrorIds.ApplyFailed
            or BootstrapErrorIds.DeleteFailed
            or BootstrapErrorIds.ProgramFailed => ErrorCategory.NotSpecified,
        BootstrapErrorIds.InvalidRequest => ErrorCategory.InvalidArgument,
        BootstrapErrorIds.InstallationExists or BootstrapErrorIds.OverlayMismatch or BootstrapErrorIds.RegistrationExists => ErrorCategory.ResourceExists,
        BootstrapErrorIds.DowngradeRefused
            or BootstrapErrorIds.VersionUnknown
            or BootstrapErrorIds.ReplacementNeeded
            or BootstrapErrorIds.ProgramTooOld
            or BootstrapErrorIds.PrerequisiteFailed => ErrorCategory.InvalidOperation,
        BootstrapErrorIds.ChecksumMismatch or AuditErrorIds.AuditLogTampered => ErrorCategory.SecurityError,
        _ => ErrorCategory.InvalidData,
    };
}
