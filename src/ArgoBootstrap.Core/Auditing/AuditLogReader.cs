using System.Text;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>Which lines to read; what is not set fits everything.</summary>
public sealed record AuditFilter
{
    /// <summary>Earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Latest time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Says whether a record is wanted.</summary>
    public Func<AuditRecord, bool>? Where { get; init; }

    internal bool Fits(AuditRecord record) => !(record.Time < Since) && !(record.Time > Until) && (Where?.Invoke(record) ?? true);
}

/// <summary>Something that is wrong with the log.</summary>
/// <param name="Line">The line's number in the file, from 1; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="IsTampering">Whether somebody changed the log. Half a line that a process left when it died is not tampering.</param>
public sealed record AuditFault(int Line, string Message, bool IsTampering);

/// <summary>Reads the audit log and checks its chain of hashes.</summary>
public sealed class AuditLogReader
{
    private readonly string _path;

    /// <summary>Makes a reader.</summary>
    /// <param name="path">The file; empty for <see cref="AuditLogLocation.Default"/>.</param>
    public AuditLogReader(string path = "") => _path = path.Length > 0 ? Kustomize.Loading.WorkingFolder.Resolve(path) : AuditLogLocation.Default;

    /// <summary>The entries that fit a filter, oldest first. Lines that cannot be read are left out; <see cref="Verify"/> names them.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <returns>None when there is no log yet.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<AuditEntry> Read(AuditFilter? filter = null)
    {
        foreach ((int number, string line) in Lines())
        {
            if (AuditLine.TryRead(line, out JsonObject? content, out _))
            {
                AuditEntry entry = AuditEntry.Read(content!, number);
                if (filter?.Fits(entry.Record) ?? true)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Checks every line against its hash and the line before it, and the last one against the number that was kept beside the log.</summary>
    /// <returns>What is wrong; nothing when the log is whole.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<AuditFault> Verify()
    {
        var faults = new List<AuditFault>();
        // Read first: what others append meanwhile can only make the log longer than the head says.
        (long Sequence, string Hash)? head = Head();
        string previous = AuditLine.NoHash;
        long sequence = 0;
        foreach ((int number, string line) in Lines())
        {
            if (!AuditLine.TryRead(line, out JsonObject? content, out bool hashFits))
            {
                faults.Add(AuditLine.IsBeginning(line, sequence + 1)
                    ? new AuditFault(number, "The line is not complete: the process that wrote it was interrupted.", false)
                    : new AuditFault(number, "The line is not a record, nor the beginning of the next one: somebody else wrote or changed it.", true));
                continue;
            }
            AuditEntry entry = AuditEntry.Read(content!, number);
            if (!hashFits)
            {
                faults.Add(new AuditFault(number, "The line was changed: its hash does not fit its text.", true));
            }
            if (content![AuditLine.SealLostField] is not null)
            {
                faults.Add(new AuditFault(number, $"When this record was written, the file '{AuditLog.HeadPath(Path.GetFileName(_path))}' beside the log was missing or empty: lines may have been cut off before it.", true));
            }
            if (entry.PreviousHash != previous || entry.Sequence != sequence + 1)
            {
                faults.Add(new AuditFault(number, $"The line does not follow the one before it: record {entry.Sequence} after record {sequence}; lines were taken out, put in or reordered.", true));
            }
            previous = entry.Hash;
            sequence = entry.Sequence;
        }
        if (sequence > 0 && (head is null || (head.Value.Sequence == 0 && sequence > 1)))
        {
            faults.Add(new AuditFault(0, $"The file '{AuditLog.HeadPath(Path.GetFileName(_path))}' beside the log, which says what its last record is, is missing or empty: lines after record {sequence} may have been cut off.", true));
        }
        else if (head is { } last && (last.Sequence > sequence || (last.Sequence == sequence && last.Hash != previous)))
        {
            faults.Add(new AuditFault(0, $"The log ends with record {sequence}, but record {last.Sequence} was written: lines were cut off the end.", true));
        }
        return faults;
    }

    private IEnumerable<(int Number, string Line)> Lines()
    {
        if (!File.Exists(_path))
        {
            yield break;
        }
        using var reader = new StreamReader(AuditFile.OpenRead(_path), Encoding.UTF8);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
            {
                yield return (number, line);
            }
        }
    }

    private (long Sequence, string Hash)? Head()
    {
        string path = AuditLog.HeadPath(_path);
        if (!File.Exists(path))
        {
            return null;
        }
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using FileStream head = AuditFile.OpenRead(path);
                return AuditLog.ReadHead(head);
            }
            catch (IOException e) when (AuditFile.IsHeldByAnother(e) && attempt < 1000)
            {
                // A process is writing just now.
                Thread.Sleep(5);
            }
        }
    }
}
