using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Installers;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes releases of Argo CD: those whose manifest has a known checksum.</summary>
public sealed class ArgoCDVersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string start = wordToComplete.Trim('\'', '"').TrimStart('v');
        return [.. ManifestSource.KnownVersions
            .Where(version => version.TrimStart('v').StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(version => new CompletionResult(version, version, CompletionResultType.ParameterValue, $"Argo CD {version}, whose checksum is known"))];
    }
}
