using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Repository;

/// <summary>Finds the GitOps repository that a path lies in.</summary>
[Cmdlet(VerbsCommon.Get, "GitOpsRepository", DefaultParameterSetName = PathParameterSets.Path)]
[OutputType(typeof(GitOpsRepository))]
public sealed class GetGitOpsRepositoryCommand : ArgoBootstrapCmdlet
{
    /// <summary>Paths in repositories, with wildcards; the session's location where both are left out.</summary>
    [Parameter(Position = 0, ParameterSetName = PathParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Paths in repositories, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (string path in LiteralPath ?? Path ?? [""])
        {
            Guard(() => WriteRepositories(path));
        }
    }

    private void WriteRepositories(string path)
    {
        IReadOnlyList<string> resolved =
            path.Length == 0 ? [SessionPaths.RepositoryPath(SessionState, null)]
            : LiteralPath is null ? SessionPaths.Resolve(SessionState, path)
            : [SessionPaths.ResolveLiteral(SessionState, path)];
        // Any Git repository will do; where there is none, opening says what is missing.
        IEnumerable<GitOpsRepository> repositories = resolved.Select(inside => GitOpsRepository.Find(inside) ?? GitOpsRepository.Open(inside));
        foreach (GitOpsRepository repository in repositories.DistinctBy(repository => repository.SystemPath))
        {
            _ = repository.Settings;
            WriteObject(repository);
        }
    }
}
