using System.Diagnostics.CodeAnalysis;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A mapping, in the order in which it was written.</summary>
public sealed class MappingNode : YamlNode
{
    private const int IndexThreshold = 12;
    private readonly MappingEntry[] _entries;
    private Dictionary<string, int>? _index;

    /// <summary>Makes a mapping.</summary>
    /// <param name="entries">Keys and values; the array is not copied and must not change afterwards.</param>
    /// <param name="position">Where the mapping was read.</param>
    internal MappingNode(MappingEntry[] entries, SourcePosition position)
        : base(position) => _entries = entries;

    /// <summary>Makes a mapping that no file holds.</summary>
    /// <param name="entries">Keys and values, in order.</param>
    public static MappingNode Create(params IEnumerable<MappingEntry> entries) => new([.. entries], SourcePosition.None);

    /// <summary>A mapping without keys.</summary>
    public static MappingNode Empty { get; } = new([], SourcePosition.None);

    /// <inheritdoc/>
    public override string KindName => "mapping";

    /// <summary>Number of keys.</summary>
    public int Count => _entries.Length;

    /// <summary>Keys and values, in the order in which they were written.</summary>
    public ReadOnlySpan<MappingEntry> Entries => _entries;

    /// <summary>Whether it was written in braces; only text that keeps its style tells the difference.</summary>
    internal bool IsFlow { get; init; }

    /// <summary>Text of the canonical form that <see cref="CanonicalYamlWriter"/> keeps with large mappings.</summary>
    internal EmittedText? Emitted { get; set; }

    /// <summary>The places of the entries in the order in which they are printed; kept by <see cref="CanonicalYamlWriter"/>.</summary>
    internal int[]? CanonicalOrder { get; set; }

    /// <summary>The value of a key, or null when there is none.</summary>
    /// <param name="key">The key's text.</param>
    public YamlNode? this[string key] => TryGet(key, out YamlNode? value) ? value : null;

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key's text.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether the key is there. Of a key that occurs twice, the last one counts.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out YamlNode? value)
    {
        int at = IndexOf(key);
        value = at < 0 ? null : _entries[at].Value;
        return at >= 0;
    }

    /// <summary>The value of a key, or null when there is none. Of a key that occurs twice the first one counts, as where kustomize looks at its nodes.</summary>
    /// <param name="key">The key's text.</param>
    internal YamlNode? First(string key)
    {
        foreach (MappingEntry entry in _entries)
        {
            if (entry.Key.Value == key)
            {
                return entry.Value;
            }
        }
        return null;
    }

    /// <summary>The place of a key among <see cref="Entries"/>, or -1.</summary>
    /// <param name="key">The key's text.</param>
    public int IndexOf(string key)
    {
        if (_entries.Length >= IndexThreshold)
        {
            Dictionary<string, int> index = _index ??= BuildIndex();
            return index.TryGetValue(key, out int at) ? at : -1;
        }
        for (int i = _entries.Length - 1; i >= 0; i--)
        {
            if (_entries[i].Key.Value == key)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>
    /// A mapping in which a key has another value; the key is appended when it is new. A new key is a plain scalar, as in
    /// kustomize: one that looks like a number or a boolean is not a string then, and cannot be printed.
    /// </summary>
    /// <param name="key">The key's text.</param>
    /// <param name="value">The value.</param>
    /// <returns>This mapping when the value is the very same node.</returns>
    public MappingNode With(string key, YamlNode value)
    {
        int at = IndexOf(key);
        return at < 0 ? WithAppended(ScalarNode.Plain(key), value) : WithValueAt(at, value);
    }

    /// <summary>A mapping in which the value at a place is another.</summary>
    /// <param name="index">Place among <see cref="Entries"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>This mapping when the value is the very same node.</returns>
    public MappingNode WithValueAt(int index, YamlNode value)
    {
        if (ReferenceEquals(_entries[index].Value, value))
        {
            return this;
        }
        var entries = (MappingEntry[])_entries.Clone();
        entries[index] = new MappingEntry(entries[index].Key, value);
        // The keys are the same ones, so what was worked out about them holds.
        return new MappingNode(entries, Position) { _index = _index, CanonicalOrder = CanonicalOrder, IsFlow = IsFlow };
    }

    /// <summary>A mapping with one more key at the end.</summary>
    /// <param name="key">The key, which must be new.</param>
    /// <param name="value">The value.</param>
    public MappingNode WithAppended(ScalarNode key, YamlNode value)
    {
        var entries = new MappingEntry[_entries.Length + 1];
        _entries.CopyTo(entries, 0);
        entries[^1] = new MappingEntry(key, value);
        return WithEntries(entries);
    }

    /// <summary>A mapping without a key.</summary>
    /// <param name="key">The key's text.</param>
    /// <returns>This mapping when it has no such key.</returns>
    public MappingNode Without(string key)
    {
        int at = IndexOf(key);
        return at < 0 ? this : WithEntries([.. _entries[..at], .. _entries[(at + 1)..]]);
    }

    /// <summary>The same mapping, in braces or not.</summary>
    /// <param name="flow">Whether in braces.</param>
    internal MappingNode AsFlow(bool flow) => flow == IsFlow ? this : new(_entries, Position) { IsFlow = flow, _index = _index, CanonicalOrder = CanonicalOrder };

    /// <summary>A mapping with the same place in the file and other entries.</summary>
    /// <param name="entries">Keys and values; the array is not copied and must not change afterwards.</param>
    internal MappingNode WithEntries(MappingEntry[] entries) => new(entries, Position) { IsFlow = IsFlow };

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < _entries.Length; i++)
        {
            index[_entries[i].Key.Value] = i;
        }
        return index;
    }
}
