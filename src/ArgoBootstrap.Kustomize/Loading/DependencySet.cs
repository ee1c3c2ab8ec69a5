namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>What a kustomization looked at: files that were there, files that were not, and the kustomizations below it.</summary>
/// <param name="gate">Which files it may read.</param>
internal sealed class DependencySet(FileGate gate)
{
    private readonly Dictionary<string, SourceEntry?> _files = new(StringComparer.Ordinal);
    private readonly List<DependencySet> _children = [];

    /// <summary>Files by absolute path, with the content that was seen; null for a path where no file was.</summary>
    public IReadOnlyDictionary<string, SourceEntry?> Files => _files;

    /// <summary>What the kustomizations below looked at.</summary>
    public IReadOnlyList<DependencySet> Children => _children;

    /// <summary>Whether something was looked at that cannot be checked again: remote files, charts.</summary>
    public bool IsVolatile { get; private set; }

    /// <summary>Notes a path that was looked at.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="entry">What was there; null for nothing that may be read.</param>
    public void Add(string path, SourceEntry? entry) => _files[path] = entry;

    /// <summary>Notes what a kustomization below looked at.</summary>
    /// <param name="child">Its dependencies.</param>
    public void Add(DependencySet child) => _children.Add(child);

    /// <summary>Notes that something was looked at that cannot be checked again.</summary>
    public void MarkVolatile() => IsVolatile = true;

    /// <summary>Whether all that was looked at is still the same in a session.</summary>
    /// <param name="session">The session.</param>
    public bool IsCurrent(SourceSession session) => IsCurrent(session, []);

    /// <summary>The absolute paths of the files that were read, without duplicates.</summary>
    public IReadOnlyCollection<string> AllFiles()
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<DependencySet>();
        var stack = new Stack<DependencySet>([this]);
        while (stack.TryPop(out DependencySet? set))
        {
            if (seen.Add(set))
            {
                paths.UnionWith(set._files.Where(f => f.Value is not null).Select(f => f.Key));
                set._children.ForEach(stack.Push);
            }
        }
        return paths;
    }

    private bool IsCurrent(SourceSession session, HashSet<DependencySet> seen)
    {
        if (!seen.Add(this))
        {
            return true;
        }
        if (IsVolatile)
        {
            return false;
        }
        try
        {
            return _files.All(f => ReferenceEquals(Read(session, f.Key), f.Value)) && _children.TrueForAll(c => c.IsCurrent(session, seen));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private SourceEntry? Read(SourceSession session, string path)
    {
        try
        {
            return gate.TryRead(session, path);
        }
        catch (OutsideRootException)
        {
            return null;
        }
    }
}
