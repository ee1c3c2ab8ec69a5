using ArgoBootstrap.Core.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// Finds what a path means: a folder with a kustomization file is that one root; any other folder stands for every
/// overlay below it.
/// </summary>
public static class OverlayFinder
{
    private static readonly EnumerationOptions Folders = new()
    {
        // Links are not followed: they may lead in circles. Hidden folders hold .git and caches.
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>Finds kustomization roots.</summary>
    /// <param name="path">An absolute path: a kustomization file, a folder that holds one, or a folder above overlays.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// Absolute paths of folders, sorted. Components never count. Below a folder, the kustomizations under a folder
    /// <c>overlays</c> count; where there is none, those that no other kustomization below the folder builds on.
    /// </returns>
    /// <exception cref="GitOpsException"><see cref="GitOpsErrorIds.OverlayNotFound"/>: there is none.</exception>
    public static IReadOnlyList<string> Find(string path, CancellationToken cancellationToken = default)
    {
        string folder = File.Exists(path) && GitOpsLayout.KustomizationFiles.Contains(Path.GetFileName(path))
            ? Path.GetDirectoryName(path)!
            : Path.TrimEndingDirectorySeparator(path);
        if (GitOpsLayout.HasKustomization(folder))
        {
            return [folder];
        }

        List<string> roots = [];
        Collect(folder, roots, cancellationToken);
        string top = GitOpsRepository.Find(folder)?.Root ?? folder;
        string[] overlays = [.. roots.Where(root => IsBelowOverlays(Path.GetRelativePath(top, root)) && !IsComponent(root))];
        IReadOnlyList<string> found = overlays.Length > 0 ? overlays : KustomizationTops.Among(roots);
        return found.Count > 0 ? found : throw new GitOpsException(
            GitOpsErrorIds.OverlayNotFound,
            roots.Count == 0
                ? $"'{path}' holds no overlay: neither it nor a folder below it has a kustomization file."
                : $"'{path}' holds no overlay: there are only Components, which are built as part of an overlay.",
            "Name an overlay, or a folder above overlays.",
            path);
    }

    private static void Collect(string folder, List<string> roots, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string child in Directory.EnumerateDirectories(folder, "*", Folders).Order(StringComparer.Ordinal))
        {
            if (GitOpsLayout.HasKustomization(child))
            {
                roots.Add(child);
            }

            Collect(child, roots, cancellationToken);
        }
    }

    private static bool IsBelowOverlays(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar).Contains(GitOpsLayout.OverlaysFolder);

    /// <summary>Looks at the text: the file may not be YAML, and then it is for the rendering to say so.</summary>
    private static bool IsComponent(string root)
    {
        try
        {
            return File.ReadLines(GitOpsLayout.FindKustomization(root)!)
                .Any(line => line.StartsWith("kind:", StringComparison.Ordinal) && line["kind:".Length..].Trim().Trim('"', '\'') == "Component");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
