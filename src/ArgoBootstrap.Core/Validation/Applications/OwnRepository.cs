using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Tells which sources of Applications are the repository that is validated.</summary>
internal static class OwnRepository
{
    private const string DefaultRevision = "HEAD";

    /// <summary>What a default branch is called where the clone does not know it.</summary>
    private static readonly string[] UsualBranches = ["main", "master"];

    /// <summary>The sources of an overlay's Applications that are this repository, with a path that can be looked up in it.</summary>
    /// <param name="context">The overlay.</param>
    /// <returns>Sources with a path. Paths with an open variable or placeholder are left out: other rules report them.</returns>
    public static IEnumerable<ApplicationSource> PathSources(OverlayRuleContext context) =>
        context.ApplicationSources.Where(source =>
            HasPath(source)
            && IsKnown(source.Path!.Value)
            && IsOwn(source.RepositoryUrl?.Value, source.TargetRevision?.Value, source.Path.Value, context));

    /// <summary>The paths of this repository that an overlay's Applications and ApplicationSets name.</summary>
    /// <param name="context">The overlay.</param>
    public static IEnumerable<SourcePath> Paths(OverlayRuleContext context) =>
        PathSources(context).Select(source => new SourcePath(source.Application, source.Path!.Value, source.Path.Position, SourcePathKind.Source))
            .Concat(context.Resources.Where(ApplicationSource.IsApplicationSet).SelectMany(set => PathsOfSet(set, context)));

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

    private static IEnumerable<SourcePath> PathsOfSet(Resource set, OverlayRuleContext context)
    {
        IEnumerable<SourcePath> sources = ApplicationSets.Sources(set)
            .Where(HasPath)
            .SelectMany(source => ApplicationSets.Values(set, source.Path!)
                .Where(path => IsKnown(path.Text) && IsOwn(source.RepositoryUrl?.Value, source.TargetRevision?.Value, path.Text, context))
                .Select(path => new SourcePath(set, path.Text, path.Position, SourcePathKind.Source)));
        IEnumerable<SourcePath> generated = ApplicationSets.GitGenerators(set).SelectMany(generator =>
            GeneratorPaths(set, generator, "directories", SourcePathKind.GeneratorDirectories)
                .Concat(GeneratorPaths(set, generator, "files", SourcePathKind.GeneratorFiles))
                .Where(path => IsOwn(generator.Scalar("repoURL")?.Value, generator.Scalar("revision")?.Value, path.Path, context)));
        return sources.Concat(generated);
    }

    private static IEnumerable<SourcePath> GeneratorPaths(Resource set, MappingNode generator, string field, SourcePathKind kind) =>
        generator[field].Items()
            .Where(item => item.Scalar("exclude") is not { Value: "true" })
            .Select(item => item.Scalar("path"))
            .OfType<ScalarNode>()
            .Where(path => path.Value.Length > 0 && IsKnown(path.Value))
            .Select(path => new SourcePath(set, path.Value, path.Position, kind));

    private static bool HasPath(ApplicationSource source) => source is { Chart: null, Path.Value.Length: > 0 };

    private static bool IsKnown(string path) => !Substitutions.AreIn(path) && !VariableText.HasReference(path) && !Placeholders.IsInPath(path);

    private static bool IsOwn(string? url, string? revision, string path, OverlayRuleContext context)
    {
        if (context.Target.Repository is not { } repository)
        {
            return false;
        }

        if ((context.Settings.RepositoryUrl ?? repository.WorkTree?.RemoteUrl) is not { } own)
        {
            return path.StartsWith(repository.RelativePath(repository.SystemPath) + '/', StringComparison.Ordinal);
        }

        return url is not null && GitUrl.AreSame(url, own) && IsThisTree(revision, context.Settings, repository.WorkTree);
    }

    /// <summary>
    /// What another branch or tag holds cannot be seen in this working tree: the default branch counts, which the tree is to
    /// become part of, and the branch that is checked out.
    /// </summary>
    private static bool IsThisTree(string? revision, GitOpsSettings settings, GitWorkTree? workTree)
    {
        string name = string.IsNullOrEmpty(revision) ? DefaultRevision : revision;
        name = name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
        if (name == DefaultRevision || name == settings.TargetRevision || name == workTree?.Branch)
        {
            return true;
        }

        return settings.TargetRevision == DefaultRevision && (workTree?.DefaultBranch is { } branch ? name == branch : UsualBranches.Contains(name));
    }
}
