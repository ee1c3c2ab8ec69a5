using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>
/// The log of every change: one JSON line each, appended by any number of processes at once. A lock file beside it keeps them
/// apart, and is the log's seal: it holds the number and hash of the last line, so that lines cut off the end are noticed. A log
/// without its seal is not trusted either: the next line says for good that the seal was missing.
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
        _path = path.Length > 0 ? Kustomize.Loading.WorkingFolder.Resolve(path) : AuditLogLocation.Default;
    }

    /// <summary>The file.</summary>
    public string FilePath => _path;

    internal static string HeadPath(string path) => path + ".lock";

    /// <summary>Makes sure that records can be written, before anything is changed that they are about.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.FileAccess"/>: they cannot.</exception>
    public void RequireWritable()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using FileStream log = AuditFile.Open(_path, FileShare.ReadWrite);
            using FileStream head = Lock(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(
                ErrorIds.FileAccess,
                $"The audit log '{_path}' cannot be written, so nothing was changed: {e.Message}",
                $"Make the file and its folder writable for you, or name another file with {AuditLogLocation.EnvironmentVariable}.",
                _path,
                e);
        }
    }

    /// <summary>Appends a record. It is on the disk when this returns.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Stops the wait for other processes.</param>
    /// <exception cref="IOException">The file cannot be written, is a link or not a regular file, or is locked by others for half a minute.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write the file.</exception>
    public void Append(AuditRecord record, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        bool hadSeal = File.Exists(HeadPath(_path));
        using FileStream head = Lock(cancellationToken);
        using FileStream log = AuditFile.Open(_path, FileShare.Read);
        (long Sequence, string Hash) seal = ReadHead(head);
        (long sequence, string hash) = Last(log, seal);
        // A process that died after its very first line has left an empty seal: that is not a loss.
        bool isSealLost = seal.Sequence == 0 && sequence > (hadSeal ? 1 : 0);
        string line = AuditLine.Write(record, sequence + 1, hash, isSealLost, _masker);
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
            if (AuditLine.TryRead(line, out JsonObject? content, out bool hashFits) && hashFits && AuditEntry.Read(content!, 0) is { Sequence: > 0 } last)
            {
                return last.Sequence >= head.Sequence ? (last.Sequence, last.Hash) : head;
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
                return AuditFile.Open(HeadPath(_path), FileShare.None);
            }
            catch (IOException e) when (AuditFile.IsHeldByAnother(e) && DateTime.UtcNow < end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Thread.Sleep(Random.Shared.Next(2, 15));
            }
        }
    }
}
