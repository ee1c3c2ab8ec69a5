namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// What files and folders looked like when they were read, by which a later reader sees whether anything changed since.
/// Looking costs one call of the file system for each path.
/// </summary>
internal sealed class FileStamps
{
    /// <summary>File systems count time in ticks: what was written in the tick of the reading may be written again in the same one.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private static readonly Stamp Unsettled = new(DateTime.MinValue, -2);

    private readonly Dictionary<string, Stamp> _stamps = new(StringComparer.Ordinal);

    /// <summary>Remembers a path, before it is read.</summary>
    /// <param name="path">An absolute path. It need not exist.</param>
    public void Add(string path)
    {
        Stamp stamp = Stamp.Of(path);
        _stamps[path] = DateTime.UtcNow - stamp.Time < Tick ? Unsettled : stamp;
    }

    /// <summary>Takes a path as it is now for what was read: the caller just changed it.</summary>
    /// <param name="path">An absolute path.</param>
    public void Renew(string path) => _stamps[path] = Stamp.Of(path);

    /// <summary>Whether a path that was added looks as it did; <see langword="true"/> for one that was not.</summary>
    /// <param name="path">An absolute path.</param>
    public bool IsCurrent(string path) => !_stamps.TryGetValue(path, out Stamp stamp) || stamp == Stamp.Of(path);

    /// <summary>Whether all paths look as they did.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    public bool AreCurrent(CancellationToken cancellationToken)
    {
        foreach ((string path, Stamp stamp) in _stamps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stamp != Stamp.Of(path))
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Stamp(DateTime Time, long Length)
    {
        public static Stamp Of(string path)
        {
            FileInfo info = new(path);
            return info.Exists ? new Stamp(info.LastWriteTimeUtc, info.Length) : new Stamp(info.LastWriteTimeUtc, -1);
        }
    }
}
