namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>The files of the machine.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    private const int MaximumLinks = 64;

    private PhysicalFileSystem()
    {
    }

    /// <summary>The one instance.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public byte[] ReadFile(string path, long maximumBytes)
    {
        RefusePipe(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        RefuseUnseekable(stream);
        if (stream.Length > maximumBytes)
        {
            throw new FileTooLongException(stream.Length, maximumBytes);
        }
        // A file can grow while it is read; what was there at the start is what counts.
        byte[] content = new byte[stream.Length];
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read == content.Length ? content : content[..read];
    }

    /// <inheritdoc/>
    public string ResolveLinks(string path)
    {
        string root = Path.GetPathRoot(path) ?? "";
        string resolved = root;
        var rest = new Stack<string>(path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse());
        int links = 0;
        while (rest.TryPop(out string? segment))
        {
            if (segment == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? root;
                continue;
            }
            string candidate = Path.Join(resolved, segment);
            if (LinkTarget(candidate) is not string target)
            {
                resolved = candidate;
                continue;
            }
            if (++links > MaximumLinks)
            {
                throw new IOException($"Links lead in a circle at '{candidate}'.");
            }
            if (Path.IsPathRooted(target))
            {
                root = Path.GetPathRoot(target) ?? "";
                resolved = root;
                target = target[root.Length..];
            }
            foreach (string part in target.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).AsEnumerable().Reverse())
            {
                if (part != ".")
                {
                    rest.Push(part);
                }
            }
        }
        return resolved;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListNames(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path).Take(1000).Select(p => Path.GetFileName(p))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // To open a named pipe waits until somebody writes to it; opened for writing as well, it does not. Only what claims to be empty
    // can be one. What may not be written is opened as always: it tells by itself why it cannot be read.
    private static void RefusePipe(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, Length: 0 })
        {
            return;
        }
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            RefuseUnseekable(stream);
        }
        catch (UnauthorizedAccessException)
        {
        }
        catch (IOException e) when (e is not NoRegularFileException)
        {
        }
    }

    private static void RefuseUnseekable(FileStream stream)
    {
        if (!stream.CanSeek)
        {
            throw new NoRegularFileException();
        }
    }

    private static string? LinkTarget(string path)
    {
        FileAttributes attributes = File.GetAttributes(path);
        if ((attributes & FileAttributes.ReparsePoint) == 0)
        {
            return null;
        }
        FileSystemInfo info = (attributes & FileAttributes.Directory) != 0 ? new DirectoryInfo(path) : new FileInfo(path);
        return info.LinkTarget;
    }
}
