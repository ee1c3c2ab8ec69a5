using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>Where the audit log is.</summary>
public static class AuditLogLocation
{
    /// <summary>The environment variable that names another file.</summary>
    public const string EnvironmentVariable = "ARGOBOOTSTRAP_AUDIT_LOG";

    /// <summary>The file that <c>ARGOBOOTSTRAP_AUDIT_LOG</c> names; otherwise <c>ArgoBootstrap/audit.jsonl</c> in the user's local application data.</summary>
    public static string Default
    {
        get
        {
            string? named = Environment.GetEnvironmentVariable(EnvironmentVariable);
            return !string.IsNullOrWhiteSpace(named)
                ? WorkingFolder.Resolve(named)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ArgoBootstrap", "audit.jsonl");
        }
    }
}
