using System.Text;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Writes a file whole or not at all: to a temporary file beside it, which is then renamed.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text.</summary>
    /// <param name="path">The file. Folders that lead to it are made, and taken away again where the writing fails.</param>
    /// <param name="text">The text.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">The file exists and is not to be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or a folder may not be written.</exception>
    public static void Write(string path, string text, bool overwrite) => Write(path, Utf8.GetBytes(text), overwrite);

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file. Folders that lead to it are made, and taken away again where the writing fails.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">The file exists and is not to be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or a folder may not be written.</exception>
    public static void Write(string path, byte[] content, bool overwrite) => Write(path, stream => stream.Write(content), overwrite);

    /// <summary>Writes what a function gives, piece by piece.</summary>
    /// <param name="path">The file. Folders that lead to it are made, and taken away again where the writing fails.</param>
    /// <param name="write">Writes the content to the stream. When it throws, the file stays as it was.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">The file exists and is not to be replaced, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or a folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite)
    {
        string folder = Path.GetDirectoryName(path)!;
        Stack<string> missing = MissingFolders(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            DeleteIfThere(temporary);
            foreach (string created in missing.Reverse())
            {
                RemoveIfEmpty(created);
            }

            throw;
        }
    }

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static Stack<string> MissingFolders(string folder)
    {
        Stack<string> missing = new();
        for (string? current = folder; current is not null && !Directory.Exists(current); current = Path.GetDirectoryName(current))
        {
            missing.Push(current);
        }

        return missing;
    }

    private static void RemoveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
