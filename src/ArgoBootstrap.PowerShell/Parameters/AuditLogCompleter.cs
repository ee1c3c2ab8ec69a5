using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes with what the audit log has for the parameter's name.</summary>
public sealed class AuditLogCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            using IDisposable location = CompletionSession.EnterLocation();
            string start = wordToComplete.Trim('\'', '"');
            string path = fakeBoundParameters["Path"] is string named ? CompletionSession.ToFileSystem(named) : "";
            return [.. new AuditLogReader(path).Read()
                .Select(entry => ValueOf(entry.Record, parameterName))
                .Where(value => value.Length > 0 && value.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(value => new CompletionResult(CompletionSession.Quote(value), value, CompletionResultType.ParameterValue, value))];
        }
        catch (Exception exception) when (exception is OperationException or IOException or UnauthorizedAccessException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }

    private static string ValueOf(AuditRecord record, string parameter) => parameter switch
    {
        "Cmdlet" => record.Cmdlet,
        "User" => record.User,
        "Context" => record.Context,
        "Target" => record.Target,
        _ => record.CorrelationId,
    };
}
