using System.Security.Cryptography;

namespace ArgoBootstrap.Core.Processes;

/// <summary>A temporary file that only its owner may read (mode 0600), overwritten and deleted at the end: the way in which values reach a program without being on its command line.</summary>
public sealed class PrivateFile : IDisposable
{
    private readonly int _length;

    private PrivateFile(string path, int length)
    {
        Path = path;
        _length = length;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="extension">With its dot: <c>.yaml</c>.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    public static PrivateFile Create(string extension, ReadOnlySpan<byte> content)
    {
        string name = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"argobootstrap-{name}{extension}");
        // CreateNew does not follow a link that somebody laid at the place.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            // On Windows the user's temporary folder is private already.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(path, options);
        file.Write(content);
        return new PrivateFile(path, content.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.WriteAllBytes(Path, new byte[_length]);
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program that is just being ended may hold it on Windows; it is private all the same.
        }
    }
}
