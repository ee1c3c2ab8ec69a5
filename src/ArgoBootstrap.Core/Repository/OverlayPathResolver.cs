using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Finds the overlay of an environment and, where one is named, a cluster.</summary>
/// <param name="repository">The repository.</param>
public sealed class OverlayPathResolver(GitOpsRepository repository)
{
    private readonly OverlayCatalog _catalog = new(repository);

    /// <summary>Finds an overlay that exists. Upper and lower case of the names make no difference.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cluster">The cluster, or <see langword="null"/> for what all clusters of the environment share.</param>
    /// <param name="application">The application.</param>
    /// <exception cref="OperationException">
    /// <see cref="ErrorIds.EnvironmentNotFound"/>, <see cref="ErrorIds.OverlayNotFound"/>: it does not exist;
    /// <see cref="ErrorIds.InvalidName"/>: a name could not even exist.
    /// </exception>
    public ClusterOverlay Resolve(string environment, string? cluster = null, string application = GitOpsLayout.ArgoCDApplication)
    {
        (environment, cluster, application) = _catalog.Spell(environment, cluster, application);
        DnsName.RequireLabel(environment, "environment");
        DnsName.RequireLabel(application, "application");
        if (cluster is not null)
        {
            DnsName.RequireLabel(cluster, "cluster");
        }

        RequireEnvironment(environment);
        ClusterOverlay overlay = _catalog.Read(environment, cluster, application);
        return GitOpsLayout.HasKustomization(overlay.Path) ? overlay : throw NotFound(overlay);
    }

    /// <summary>Refuses an environment that the repository does not have.</summary>
    /// <param name="environment">The environment.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.EnvironmentNotFound"/></exception>
    internal void RequireEnvironment(string environment)
    {
        IReadOnlyList<string> environments = _catalog.Environments();
        if (!environments.Contains(environment))
        {
            throw new OperationException(
                ErrorIds.EnvironmentNotFound,
                $"The repository {repository.Root} has no environment '{environment}'.",
                KnownNames.Suggest(environment, environments),
                environment);
        }
    }

    private OperationException NotFound(ClusterOverlay overlay)
    {
        ClusterOverlay[] siblings = [.. _catalog.Overlays([overlay.Environment], CancellationToken.None).Where(other => other.Cluster is null == overlay.Cluster is null)];
        if (overlay.Cluster is null)
        {
            return new OperationException(
                ErrorIds.OverlayNotFound,
                $"The environment '{overlay.Environment}' has no overlay of '{overlay.Application}': {overlay.RelativePath} holds no kustomization file.",
                KnownNames.Suggest(overlay.Application, [.. siblings.Select(other => other.Application)]),
                overlay.RelativePath);
        }

        string[] clusters = [.. siblings.Where(other => other.Application == overlay.Application).Select(other => other.Cluster!)];
        return new OperationException(
            ErrorIds.OverlayNotFound,
            $"The environment '{overlay.Environment}' has no cluster '{overlay.Cluster}' with an overlay of '{overlay.Application}': {overlay.RelativePath} holds no kustomization file.",
            $"{KnownNames.Suggest(overlay.Cluster, clusters)} New-ClusterOverlay adds a cluster.",
            overlay.RelativePath);
    }
}
