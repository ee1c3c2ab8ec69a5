using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// What is kept of files between sessions. A file's content is read and compared in every session, so an edited file is
/// always seen; what is saved is the parsing, and all that rests on it.
/// </summary>
internal sealed class SourceCache(IFileSystem files, YamlLimits limits, long maximumBytes)
{
    private readonly ConcurrentDictionary<string, SourceEntry> _entries = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The files.</summary>
    public IFileSystem Files => files;

    /// <summary>Bounds on what is accepted.</summary>
    public YamlLimits Limits => limits;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Absolute path of a file that exists.</param>
    /// <returns>The entry that stood for the file before, if its content is still the same.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public SourceEntry Read(string path)
    {
        byte[] content = files.ReadFile(path, limits.MaximumFileBytes);
        if (_entries.TryGetValue(path, out SourceEntry? known) && known.Content.AsSpan().SequenceEqual(content))
        {
            ActivityLog.Detail($"Read {path}: {content.Length} bytes, as they were parsed before");
            return known;
        }
        ActivityLog.Detail($"Read {path}: {content.Length} bytes");
        // Dropping everything at once is crude, but nothing is lost except time, and the bound holds.
        if (Interlocked.Add(ref _bytes, content.Length) > maximumBytes)
        {
            _entries.Clear();
            Interlocked.Exchange(ref _bytes, content.Length);
        }
        var entry = new SourceEntry(new SourceFile(path), content, limits);
        _entries[path] = entry;
        return entry;
    }
}
