using System.Management.Automation;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.PowerShell.Commands.Repository;

/// <summary>Finds the GitOps repository that a path lies in.</summary>
[Cmdlet(VerbsCommon.Get, "GitOpsRepository")]
[OutputType(typeof(GitOpsRepository))]
public sealed class GetGitOpsRepositoryCommand : PSCmdlet
{
    /// <summary>A path inside of the repository.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(GitOpsRepository.Open(Path ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath));
}
