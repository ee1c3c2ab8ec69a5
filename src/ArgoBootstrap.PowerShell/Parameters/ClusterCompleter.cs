using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>
/// Completes clusters of the environment, or of all where none is typed yet. For New-ClusterOverlay too, where the name
/// of a neighbour is a start for the new one (and is what -Force takes).
/// </summary>
public sealed class ClusterCompleter : RepositoryCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(GitOpsRepository repository, string? environment) =>
        repository.GetOverlays()
            .Where(overlay => overlay.Cluster is not null && (environment is null || overlay.Environment == environment))
            .Select(overlay => overlay.Cluster!);
}
