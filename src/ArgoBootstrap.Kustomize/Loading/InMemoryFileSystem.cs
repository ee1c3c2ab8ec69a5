using System.Text;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>A tree of files held in memory: for tests, and for trees that come from elsewhere. Not for changing while it is read.</summary>
public sealed class InMemoryFileSystem : IFileSystem
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>Adds or replaces a file, with the folders above it.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">The content.</param>
    /// <returns>This file system.</returns>
    public InMemoryFileSystem Add(string path, byte[] content)
    {
        string full = Path.GetFullPath(path);
        _files[full] = content;
        for (string? folder = Path.GetDirectoryName(full); folder is not null && _directories.Add(folder); folder = Path.GetDirectoryName(folder))
        {
        }
        return this;
    }

    /// <summary>Adds or replaces a text file, with the folders above it.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">The text.</param>
    /// <returns>This file system.</returns>
    public InMemoryFileSystem Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc/>
    public bool FileExists(string path) => _files.ContainsKey(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => _directories.Contains(path);

    /// <inheritdoc/>
    public byte[] ReadFile(string path, long maximumBytes)
    {
        if (!_files.TryGetValue(path, out byte[]? content))
        {
            throw new FileNotFoundException(path);
        }
        return content.Length <= maximumBytes ? content : throw new FileTooLongException(content.Length, maximumBytes);
    }

    /// <inheritdoc/>
    public string ResolveLinks(string path) => path;

    /// <inheritdoc/>
    public IReadOnlyList<string> ListNames(string path)
    {
        string prefix = path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return [.. _files.Keys.Concat(_directories)
            .Where(p => p.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => p[prefix.Length..].Split(Path.DirectorySeparatorChar)[0])
            .Distinct()];
    }
}
