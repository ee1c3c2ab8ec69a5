using System.Globalization;
using System.Management.Automation;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Reads the log of every change that the module made, and checks that nobody has changed it.</summary>
[Cmdlet(VerbsCommon.Get, "BootstrapAuditLog")]
[OutputType(typeof(AuditEntry))]
public sealed class GetBootstrapAuditLogCommand : ArgoBootstrapCmdlet
{
    /// <summary>The file; the one that is written to where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The earliest time.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>The latest time.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>Names of cmdlets, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuditLogCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Cmdlet { get; set; }

    /// <summary>Users, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuditLogCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? User { get; set; }

    /// <summary>Contexts, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuditLogCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Context { get; set; }

    /// <summary>What was changed, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuditLogCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Target { get; set; }

    /// <summary>How the changes ended.</summary>
    [Parameter]
    public AuditOutcome[]? Outcome { get; set; }

    /// <summary>What the records of one bootstrap have in common.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AuditLogCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? CorrelationId { get; set; }

    /// <summary>Writes an error for every place at which the log is not as it was written.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        string path = Path is null ? AuditLogLocation.Default : SessionPaths.ResolveLiteral(SessionState, Path);
        AuditLogReader reader = new(path);
        AuditFilter filter = new() { Since = Since is { } since ? new DateTimeOffset(since) : null, Until = Until is { } until ? new DateTimeOffset(until) : null, Where = Selection() };
        foreach (AuditEntry entry in reader.Read(filter))
        {
            CancellationToken.ThrowIfCancellationRequested();
            WriteObject(entry);
        }

        if (Verify)
        {
            foreach (AuditFault fault in reader.Verify())
            {
                Report(fault, path);
            }
        }
    }

    private Func<AuditRecord, bool> Selection()
    {
        NameFilter cmdlets = new(Cmdlet);
        NameFilter users = new(User);
        NameFilter contexts = new(Context);
        NameFilter targets = new(Target);
        return record => cmdlets.Accepts(record.Cmdlet) && users.Accepts(record.User) && contexts.Accepts(record.Context) && targets.Accepts(record.Target)
            && (Outcome is null || Outcome.Contains(record.Outcome))
            && (CorrelationId is null || CorrelationId.Contains(record.CorrelationId));
    }

    private void Report(AuditFault fault, string path)
    {
        string place = fault.Line == 0 ? path : $"{path}:{fault.Line.ToString(CultureInfo.InvariantCulture)}";
        OperationException exception = new(
            fault.IsTampering ? ErrorIds.AuditLogTampered : ErrorIds.AuditLogIncomplete,
            $"{place}: {fault.Message}",
            fault.IsTampering
                ? "Compare the file with a copy that was kept elsewhere, and find out who can write to it."
                : "Find out from the records around it which change was interrupted, and run that again.",
            place);
        foreach (ErrorRecord record in ErrorRecords.From(exception))
        {
            WriteError(record);
        }
    }
}
