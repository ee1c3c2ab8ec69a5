using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Auditing;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>Gathers what the audit log says about one change.</summary>
/// <param name="invocation">How the cmdlet was called.</param>
/// <param name="target">What is changed.</param>
/// <param name="context">The context that was asked for.</param>
internal sealed class AuditedChange(InvocationInfo invocation, string target, string context)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _time = DateTimeOffset.UtcNow;
    private string _context = context;
    private string _server = "";

    /// <summary>The parameters of a call, as values that the log can hold. It masks those that are secret.</summary>
    /// <param name="invocation">The call.</param>
    public static Dictionary<string, object?> ParametersOf(InvocationInfo invocation) =>
        invocation.BoundParameters.ToDictionary(parameter => parameter.Key, parameter => Plain(parameter.Value));

    /// <summary>Says which cluster it turned out to be.</summary>
    /// <param name="cluster">The cluster.</param>
    public void At(TargetCluster cluster) => (_context, _server) = (cluster.Connection.Context, cluster.Connection.Server);

    /// <summary>The record of the change, which ends now.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="message">What there is to say about it.</param>
    public AuditRecord Ended(AuditOutcome outcome, string message) => new()
    {
        Time = _time,
        Cmdlet = invocation.MyCommand.Name,
        Parameters = ParametersOf(invocation),
        Context = _context,
        Server = _server,
        Target = target,
        Outcome = outcome,
        Message = message,
        Duration = Stopwatch.GetElapsedTime(_started),
        CorrelationId = Guid.NewGuid().ToString("N"),
    };

    private static object? Plain(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Plain(wrapped.BaseObject),
        SwitchParameter flag => flag.IsPresent,
        _ => value,
    };
}
