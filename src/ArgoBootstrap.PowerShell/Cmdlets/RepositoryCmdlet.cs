using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that works on one repository: that of the session's location where none is named.</summary>
public abstract class RepositoryCmdlet : ArgoBootstrapCmdlet
{
    /// <summary>A path in the repository; the session's location where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RepositoryRoot")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Opens the repository.</summary>
    /// <exception cref="OperationException">There is none around the path.</exception>
    protected GitOpsRepository OpenRepository() => GitOpsRepository.Open(SessionPaths.RepositoryPath(SessionState, RepositoryPath));
}
