using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Finds what a path means: a kustomization file that one, a folder every entry point in it.</summary>
public static class OverlayFinder
{
    /// <summary>Finds kustomizations that are built by themselves.</summary>
    /// <param name="path">An absolute path: a kustomization file, a folder that holds one, or a folder above some.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>
    /// For a folder, each kustomization at or below it that no other one there names, and the folder's own. Components count
    /// only where the path names one. For a kustomization file, its folder alone.
    /// </returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: there is none.</exception>
    public static OverlaySearch Find(string path, CancellationToken cancellationToken = default)
    {
        if (IsKustomizationFile(path))
        {
            return new OverlaySearch([Path.GetDirectoryName(path)!]) { Kustomizations = 1 };
        }

        string folder = Path.TrimEndingDirectorySeparator(path);
        KustomizationWalk walk = KustomizationWalk.Below(folder, cancellationToken);
        (IReadOnlyList<string> folders, int components) = EntryPoints.Among(folder, walk.Folders, cancellationToken);
        // What the user names is meant, whatever it is and whoever builds on it.
        IReadOnlyList<string> found = GitOpsLayout.HasKustomization(folder) && !folders.Contains(folder) ? [folder, .. folders] : folders;
        return found.Count > 0
            ? new OverlaySearch(found) { Kustomizations = walk.Folders.Count, Components = components, Unreadable = walk.Unreadable }
            : throw NotFound(path, components, walk.Unreadable);
    }

    /// <summary>Whether a path is that of a kustomization file.</summary>
    /// <param name="path">An absolute path.</param>
    internal static bool IsKustomizationFile(string path) => GitOpsLayout.KustomizationFiles.Contains(Path.GetFileName(path)) && File.Exists(path);

    private static OperationException NotFound(string path, int components, IReadOnlyList<string> unreadable) => new(
        ErrorIds.OverlayNotFound,
        unreadable.Count > 0 ? $"'{path}' holds no overlay that can be read: access to '{unreadable[0]}' is denied."
            : components == 0 ? $"'{path}' holds no overlay: neither it nor a folder below it has a kustomization file."
            : $"'{path}' holds no overlay: there are only Components, which are built as part of an overlay.",
        "Name an overlay, or a folder above overlays.",
        path);
}
