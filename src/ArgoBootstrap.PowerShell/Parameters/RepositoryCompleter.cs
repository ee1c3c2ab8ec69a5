using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes a value with names that the repository has: that of <c>-RepositoryPath</c>, or of the location.</summary>
public abstract class RepositoryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string start = wordToComplete.Trim('\'', '"');
            return [.. Names(fakeBoundParameters)
                .Distinct()
                .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(name))];
        }
        catch (Exception exception) when (exception is OperationException or IOException or UnauthorizedAccessException)
        {
            // A completion has no way to tell what is wrong; the command itself will.
            return [];
        }
    }

    /// <summary>The names to choose from.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="environment">The environment that has been typed, or <see langword="null"/>.</param>
    protected abstract IEnumerable<string> Names(GitOpsRepository repository, string? environment);

    private IEnumerable<string> Names(IDictionary parameters)
    {
        GitOpsRepository? repository = GitOpsRepository.Find(RepositoryPath(parameters["RepositoryPath"] as string));
        return repository is null ? [] : Names(repository, parameters["Environment"] as string);
    }

    /// <summary>The session is not handed to a completer: it asks the runspace that completes.</summary>
    private static string RepositoryPath(string? path)
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        SessionState? session = pipeline.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>().FirstOrDefault();
        return session is null ? Path.GetFullPath(path ?? ".") : SessionPaths.RepositoryPath(session, path);
    }
}
