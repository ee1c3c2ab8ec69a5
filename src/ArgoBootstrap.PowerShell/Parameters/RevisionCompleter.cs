using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes Git revisions: branches and tags of the repository that <c>-Path</c>, or the session's location, lies in.</summary>
public sealed class RevisionCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        using CancellationTokenSource stop = new(Patience);
        try
        {
            string start = wordToComplete.Trim('\'', '"');
            string path = (fakeBoundParameters["Path"] ?? fakeBoundParameters["LiteralPath"]) as string ?? ".";
            string repository = GitRevision.FindRepository(CompletionSession.ToFileSystem(path));
            return [.. new[] { "HEAD" }.Concat(GitRevision.ListNamesAsync(repository, stop.Token).GetAwaiter().GetResult())
                .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(CompletionSession.Quote(name), name, CompletionResultType.ParameterValue, name))];
        }
        catch (Exception exception) when (exception is OperationException or OperationCanceledException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }
}
