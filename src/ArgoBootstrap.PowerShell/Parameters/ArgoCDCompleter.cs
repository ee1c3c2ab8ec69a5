using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Clusters;
using ArgoBootstrap.Core.Clusters.Access;
using ArgoBootstrap.Core.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes with what an Argo CD knows: its clusters, or for <c>-Project</c> its AppProjects. Asks the cluster that the command names, for a short time only.</summary>
public sealed class ArgoCDCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string start = wordToComplete.Trim('\'', '"');
            ClusterConnectionOptions options = new()
            {
                KubeConfigPath = fakeBoundParameters["KubeConfigPath"] is string path ? CompletionSession.ToFileSystem(path) : "",
                Context = fakeBoundParameters["Context"] as string ?? "",
                ConnectTimeout = Patience,
                AttemptTimeout = Patience,
                Timeout = Patience,
                MaxRetries = 0,
            };
            string ns = (fakeBoundParameters["Namespace"] ?? fakeBoundParameters["ArgoNamespace"]) as string ?? "argocd";
            return [.. Task.Run(() => NamesAsync(options, ns, parameterName)).GetAwaiter().GetResult()
                .Where(item => item.Name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(item => new CompletionResult(CompletionSession.Quote(item.Name), item.Name, CompletionResultType.ParameterValue, item.ToolTip))];
        }
        catch (Exception exception) when (exception is ClusterException or GitOpsException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }

    private static async Task<IReadOnlyList<(string Name, string ToolTip)>> NamesAsync(ClusterConnectionOptions options, string ns, string parameter)
    {
        using CancellationTokenSource end = new(Patience);
        using TargetCluster cluster = await TargetCluster.OpenAsync(options, end.Token).ConfigureAwait(false);
        return parameter == "Project"
            ? [.. (await RegisteredClusters.ListProjectsAsync(cluster, ns, end.Token).ConfigureAwait(false)).Select(name => (name, name))]
            : [.. (await RegisteredClusters.ListAsync(cluster, ns, end.Token).ConfigureAwait(false)).Select(item => (item.Name, item.Server))];
    }
}
