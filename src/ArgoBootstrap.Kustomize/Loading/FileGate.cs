namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// The way to every file that a kustomization opens, its own file included: a file, with all links followed, lies in or below
/// the root unless any file is allowed.
/// </summary>
/// <param name="Root">Real path of the kustomization's folder.</param>
/// <param name="Restriction">Which files may be read.</param>
internal readonly record struct FileGate(string Root, LoadRestriction Restriction)
{
    /// <summary>A file's content, or null when there is no such file.</summary>
    /// <param name="session">The files.</param>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="OutsideRootException">The file lies outside the root.</exception>
    /// <exception cref="IOException">The file cannot be read, or links lead in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public SourceEntry? TryRead(SourceSession session, string path)
    {
        if (!session.FileExists(path))
        {
            return null;
        }
        if (Restriction == LoadRestriction.RootOnly && session.RealFile(path) is string real && !IsInside(Root, real))
        {
            throw new OutsideRootException(isLink: real != path);
        }
        return session.Read(path);
    }

    /// <summary>Whether a path is a folder or lies below it.</summary>
    /// <param name="folder">Real path of the folder.</param>
    /// <param name="path">Real path.</param>
    public static bool IsInside(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || folder.EndsWith(Path.DirectorySeparatorChar) || path[folder.Length] == Path.DirectorySeparatorChar);
}

/// <summary>A file lies outside the root of the kustomization that names it.</summary>
/// <param name="isLink">Whether a link leads there.</param>
internal sealed class OutsideRootException(bool isLink) : IOException("It lies outside the kustomization's folder.")
{
    /// <summary>Whether a link leads there.</summary>
    public bool IsLink => isLink;
}
