using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes ids of validation rules.</summary>
public sealed class RuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        return RuleCatalog.Default.Rules
            .Where(rule => rule.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(rule => new CompletionResult(rule.Id, rule.Id, CompletionResultType.ParameterValue, rule.Summary));
    }
}
