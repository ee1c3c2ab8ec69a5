using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>Names the file that a rendered overlay is written to.</summary>
public static class OverlayFileName
{
    /// <summary>
    /// The name: what tells the overlay from others, with dots for separators, which no environment, cluster or
    /// application has in its name. <c>overlays/prod/dc11a/argocd</c> becomes <c>prod.dc11a.argocd.yaml</c>.
    /// </summary>
    /// <param name="root">The absolute path of the overlay.</param>
    /// <param name="searchedFolder">The folder below which the overlay was found; it counts where no repository is around it.</param>
    public static string Of(string root, string searchedFolder)
    {
        string relative = GitOpsRepository.Find(root) is { } repository && IsBelow(root, repository.OverlaysPath)
            ? Path.GetRelativePath(repository.OverlaysPath, root)
            : Path.GetRelativePath(searchedFolder, root);
        string name = relative is "." ? Path.GetFileName(root) : relative.Replace(Path.DirectorySeparatorChar, '.');
        return name + ".yaml";
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
