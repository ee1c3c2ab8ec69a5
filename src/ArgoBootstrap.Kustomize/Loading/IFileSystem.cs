namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// The files that a build may see: a disk, a folder held in memory, a tree of a Git commit. Paths are absolute and
/// normalized. Implementations are safe for concurrent use.
/// </summary>
public interface IFileSystem
{
    /// <summary>Whether a file (not a folder) is there; links are followed.</summary>
    /// <param name="path">Absolute path.</param>
    bool FileExists(string path);

    /// <summary>Whether a folder is there; links are followed.</summary>
    /// <param name="path">Absolute path.</param>
    bool DirectoryExists(string path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="maximumBytes">Most bytes that are read.</param>
    /// <exception cref="IOException">The file cannot be read, or is longer than allowed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    byte[] ReadFile(string path, long maximumBytes);

    /// <summary>The path with every link in it replaced by what it points to.</summary>
    /// <param name="path">Absolute path of a file or folder that exists.</param>
    /// <exception cref="IOException">Links lead in a circle or to nothing.</exception>
    string ResolveLinks(string path);

    /// <summary>Names of what a folder holds; empty when it cannot be listed. Used only to suggest names in messages.</summary>
    /// <param name="path">Absolute path.</param>
    IReadOnlyList<string> ListNames(string path);
}
