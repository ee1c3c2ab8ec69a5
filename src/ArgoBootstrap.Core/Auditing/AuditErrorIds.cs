namespace ArgoBootstrap.Core.Auditing;

/// <summary>The stable names of what can be wrong with the audit log.</summary>
public static class AuditErrorIds
{
    /// <summary>Lines were changed, taken out, put in, reordered or cut off.</summary>
    public const string AuditLogTampered = nameof(AuditLogTampered);

    /// <summary>A line that a process did not finish.</summary>
    public const string AuditLogIncomplete = nameof(AuditLogIncomplete);
}
