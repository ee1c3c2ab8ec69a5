using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes applications: those that the environment has an overlay of.</summary>
public sealed class ApplicationCompleter : RepositoryCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(GitOpsRepository repository, string? environment) =>
        repository.GetOverlays()
            .Where(overlay => environment is null || overlay.Environment == environment)
            .Select(overlay => overlay.Application)
            .Order(StringComparer.Ordinal);
}
