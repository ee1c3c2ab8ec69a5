using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes contexts: those of <c>-KubeConfigPath</c>, or of the kubeconfig that kubectl would use.</summary>
public sealed class ContextCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            using IDisposable location = CompletionSession.EnterLocation();
            string start = wordToComplete.Trim('\'', '"');
            // The other cluster's context is in a kubeconfig of its own, or in that of the first.
            object? file = parameterName == "TargetContext" ? fakeBoundParameters["TargetKubeConfigPath"] ?? fakeBoundParameters["KubeConfigPath"] : fakeBoundParameters["KubeConfigPath"];
            string path = file is string named ? CompletionSession.ToFileSystem(named) : "";
            return [.. KubeConfigContexts.ListAsync(path).GetAwaiter().GetResult()
                .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(CompletionSession.Quote(name), name, CompletionResultType.ParameterValue, name))];
        }
        catch (Exception exception) when (exception is OperationException or IOException or UnauthorizedAccessException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }
}
