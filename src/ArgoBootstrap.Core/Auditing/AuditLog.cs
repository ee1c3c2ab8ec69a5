using System.Text;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>
/// The log of every change: one JSON line each, appended by any number of processes at once. A lock file beside it keeps them
/// apart, and holds the number and hash of the last line, so that lines cut off the end are noticed.
/// </summary>
public sealed class AuditLog
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private readonly string _path;
    private readonly SecretMasker _masker;

    /// <summary>Makes a log. Nothing is written yet.</summary>
    /// <param name="masker">Takes secrets out of what is written.</param>
    /// <param name="path">The file; empty for <see cref="AuditLogLocation.Default"/>.</param>
    public AuditLog(SecretMasker masker, string path = "")
    {
        _masker = masker;
        _path = path.Length > 0 ? path : AuditLogLocation.Default;
    }

    /// <summary>The file.</summary>
    public string FilePath => _path;

    internal static string HeadPath(string path) => path + ".lock";

    /// <summary>Appends a record. It is on the disk when this returns.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Stops the wait for other processes.</param>
    /// <exception cref="IOException">The file cannot be written, or is locked by others for half a minute.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write the file.</exception>
    public void Append(AuditRecord record, CancellationToken cancellationToken = default)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        Directory.CreateDirectory(folder);
        using FileStream head = Lock(cancellationToken);
        using FileStream log = new(_path, Options(FileMode.OpenOrCreate, FileShare.Read));
        (long sequence, string hash) = Last(log, ReadHead(head));
        string line = AuditLine.Write(record, sequence + 1, hash, _masker);
        log.Seek(0, SeekOrigin.End);
        // A process that died while it wrote has left half a line: it stays, as evidence, on a line of its own.
        string separator = EndsWithoutNewLine(log) ? "\n" : "";
        log.Write(Encoding.UTF8.GetBytes($"{separator}{line}\n"));
        log.Flush(flushToDisk: true);
        WriteHead(head, sequence + 1, line[^66..^2]);
    }

    internal static (long Sequence, string Hash) ReadHead(Stream head)
    {
        head.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(head, Encoding.ASCII, false, 128, leaveOpen: true);
        string[] parts = reader.ReadToEnd().Split(' ', '\n');
        return parts.Length >= 2 && long.TryParse(parts[0], out long sequence) && parts[1].Length == 64 ? (sequence, parts[1]) : (0, AuditLine.NoHash);
    }

    private static void WriteHead(FileStream head, long sequence, string hash)
    {
        head.Seek(0, SeekOrigin.Begin);
        head.Write(Encoding.ASCII.GetBytes($"{sequence} {hash}\n"));
        head.SetLength(head.Position);
        head.Flush(flushToDisk: true);
    }

    /// <summary>The line to go on from: the last whole one, or the one that the head remembers when that one has been cut off.</summary>
    private static (long Sequence, string Hash) Last(FileStream log, (long Sequence, string Hash) head)
    {
        foreach (string line in TailLines(log))
        {
            if (AuditLine.TryRead(line, out JsonObject? content, out _) && (long?)content!["seq"] is { } sequence && (string?)content["hash"] is { } hash)
            {
                return sequence >= head.Sequence ? (sequence, hash) : head;
            }
        }
        return head;
    }

    /// <summary>Whole lines from the end of the file, last first.</summary>
    private static IEnumerable<string> TailLines(FileStream log)
    {
        for (long size = 16384; ; size *= 4)
        {
            long start = Math.Max(0, log.Length - size);
            log.Seek(start, SeekOrigin.Begin);
            byte[] tail = new byte[log.Length - start];
            log.ReadExactly(tail);
            string[] lines = Encoding.UTF8.GetString(tail).Split('\n');
            if (start == 0 || lines.Length > 3)
            {
                return lines.Skip(start == 0 ? 0 : 1).Reverse().Where(l => l.Length > 0);
            }
        }
    }

    private static bool EndsWithoutNewLine(FileStream log)
    {
        if (log.Length == 0)
        {
            return false;
        }
        log.Seek(-1, SeekOrigin.End);
        return log.ReadByte() != '\n';
    }

    private FileStream Lock(CancellationToken cancellationToken)
    {
        DateTime end = DateTime.UtcNow + LockTimeout;
        while (true)
        {
            try
            {
                return new FileStream(HeadPath(_path), Options(FileMode.OpenOrCreate, FileShare.None));
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Thread.Sleep(Random.Shared.Next(2, 15));
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            // On Windows the folder in the user's profile is private already.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return options;
    }
}
