using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Installers.Flux;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes components of Flux.</summary>
public sealed class FluxComponentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"');
        return FluxOptions.AllComponents.Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(name => new CompletionResult(name));
    }
}
