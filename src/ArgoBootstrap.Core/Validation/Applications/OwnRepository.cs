using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Tells which sources of Applications are the repository that is validated.</summary>
internal static class OwnRepository
{
    private const string DefaultRevision = "HEAD";

    /// <summary>The paths that Applications of an overlay take from this repository, and that can be looked up in it.</summary>
    /// <param name="context">The overlay.</param>
    /// <returns>Sources with a path. Paths with an open variable or placeholder are left out: other rules report them.</returns>
    public static IEnumerable<ApplicationSource> PathSources(OverlayRuleContext context) =>
        context.ApplicationSources.Where(source =>
            source.Chart is null
            && source.Path is { Value.Length: > 0 } path
            && !VariableText.HasReference(path.Value)
            && !Placeholders.IsInPath(path.Value)
            && IsOwn(source, context.Target.Repository, context.Settings));

    private static bool IsOwn(ApplicationSource source, GitOpsRepository? repository, GitOpsSettings settings)
    {
        if (repository is null)
        {
            return false;
        }

        if (settings.RepositoryUrl is not { } url)
        {
            return source.Path!.Value.StartsWith(GitOpsLayout.SystemFolder + '/', StringComparison.Ordinal);
        }

        // What another branch or tag holds cannot be seen in this working tree.
        string revision = source.TargetRevision?.Value ?? DefaultRevision;
        return source.RepositoryUrl is { } sourceUrl
            && GitUrl.AreSame(sourceUrl.Value, url)
            && (settings.TargetRevision == DefaultRevision || revision == DefaultRevision || revision == settings.TargetRevision);
    }

    /// <summary>The folder that a source's path names.</summary>
    /// <param name="target">The overlay that renders the source.</param>
    /// <param name="path">The path.</param>
    /// <returns>An absolute path, or <see langword="null"/> where the path leads out of the repository.</returns>
    public static string? Folder(OverlayTarget target, string path)
    {
        string root = target.Repository!.Root;
        if (path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar))));
        return folder == root || folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? folder : null;
    }
}
