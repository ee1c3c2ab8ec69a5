using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes environments.</summary>
public sealed class EnvironmentCompleter : RepositoryCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(GitOpsRepository repository, string? environment) => repository.Environments;
}
