namespace ArgoBootstrap.Core.Auditing;

/// <summary>Opens the files of the audit log: regular ones of the user's own, that nobody else may read, and no links, through which a line would end up in somebody else's file.</summary>
internal static class AuditFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file for reading and writing, and makes it when it is not there.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <exception cref="IOException">It is a link or not a regular file, another process holds it, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write it.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        RefuseLink(path);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            // On Windows the folder in the user's profile is private already.
            options.UnixCreateMode = OwnerOnly;
        }
        var stream = new FileStream(path, options);
        try
        {
            if (!stream.CanSeek)
            {
                throw new IOException($"'{path}' is not a regular file.");
            }
            // It may have been put there between the look and the opening.
            RefuseLink(path);
            Tighten(stream);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading while others write it. A pipe is not waited for.</summary>
    /// <param name="path">Absolute path of a file that is there.</param>
    /// <exception cref="IOException">It is not a regular file, or cannot be read.</exception>
    public static FileStream OpenRead(string path)
    {
        const FileShare share = FileShare.ReadWrite | FileShare.Delete;
        if (!OperatingSystem.IsWindows() && new FileInfo(path) is { Length: 0 } && (File.GetUnixFileMode(path) & UnixFileMode.UserWrite) != 0)
        {
            // To open a pipe for reading waits for a writer; opened for writing as well, it does not. Only what claims to be empty can be one.
            using FileStream probe = new(path, FileMode.Open, FileAccess.ReadWrite, share, bufferSize: 0);
            if (!probe.CanSeek)
            {
                throw new IOException($"'{path}' is not a regular file.");
            }
        }
        return new FileStream(path, FileMode.Open, FileAccess.Read, share);
    }

    /// <summary>Whether a file could not be opened because another process has it open.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsHeldByAnother(IOException exception) =>
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux, and of macOS.
        OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) is 32 or 33 : exception.HResult is 11 or 35;

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' is a link. The audit log has to be a file of its own.");
        }
    }

    private static void Tighten(FileStream stream)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(stream.SafeFileHandle, OwnerOnly);
        }
    }
}
