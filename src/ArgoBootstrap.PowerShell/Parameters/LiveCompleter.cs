using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes with what the cluster has that the command names. It is asked for a short time only.</summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string start = wordToComplete.Trim('\'', '"');
            using IDisposable location = CompletionSession.EnterLocation();
            ClusterConnectionOptions options = new()
            {
                KubeConfigPath = fakeBoundParameters["KubeConfigPath"] is string path ? CompletionSession.ToFileSystem(path) : "",
                Context = fakeBoundParameters["Context"] as string ?? "",
                ConnectTimeout = Patience,
                AttemptTimeout = Patience,
                Timeout = Patience,
                MaxRetries = 0,
                Deadline = Deadline.After(Patience),
            };
            return [.. Task.Run(() => NamesAsync(options, parameterName, fakeBoundParameters)).GetAwaiter().GetResult()
                .Where(item => item.Name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(item => new CompletionResult(CompletionSession.Quote(item.Name), item.Name, CompletionResultType.ParameterValue, item.ToolTip))];
        }
        catch (Exception exception) when (exception is OperationException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }

    /// <summary>The names to choose from, each with its tool tip.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="parameterName">The parameter that is completed.</param>
    /// <param name="parameters">The other parameters, as far as they are typed.</param>
    /// <param name="cancellationToken">Ends it when nobody waits any more.</param>
    private protected abstract Task<IEnumerable<(string Name, string ToolTip)>> NamesAsync(TargetCluster cluster, string parameterName, IDictionary parameters, CancellationToken cancellationToken);

    private async Task<IEnumerable<(string Name, string ToolTip)>> NamesAsync(ClusterConnectionOptions options, string parameterName, IDictionary parameters)
    {
        using CancellationTokenSource end = new(Patience);
        using TargetCluster cluster = await TargetCluster.OpenAsync(options, end.Token).ConfigureAwait(false);
        return await NamesAsync(cluster, parameterName, parameters, end.Token).ConfigureAwait(false);
    }
}
