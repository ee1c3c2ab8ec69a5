using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// A node that can be changed, laid over an immutable one for the time of a merge. What kustomize's merge does to an object
/// depends on nodes of the patch becoming nodes of the object and being changed afterwards, so the drafts are shared in the
/// same way. Children are drafted when they are first asked for; a draft that nothing changed gives its node back.
/// </summary>
internal sealed class MergeDraft
{
    private const int IndexThreshold = 12;
    private YamlNode? _source;
    private List<Field>? _fields;
    private List<MergeDraft>? _items;
    private Dictionary<string, int>? _index;
    private ScalarNode? _scalar;

    // Whether it is written in brackets: what takes the place of something keeps its style.
    private readonly bool _isFlow;

    private MergeDraft(YamlNode source)
    {
        _source = source;
        _scalar = source as ScalarNode;
        _isFlow = source is MappingNode { IsFlow: true } or SequenceNode { IsFlow: true };
        Position = source.Position;
    }

    /// <summary>Where the node was read.</summary>
    public SourcePosition Position { get; private set; }

    /// <summary>Whether a null stays in the object although null removes keys (it was in the object and no patch named it).</summary>
    public bool KeepsNull { get; private init; }

    /// <summary>The scalar that the draft stands for, or null.</summary>
    public ScalarNode? Scalar => _scalar;

    /// <summary>Whether the draft stands for null. Text of which nobody said that it does is none to kustomize's merge.</summary>
    public bool IsNull => _scalar is { IsNull: true };

    /// <summary>Whether the draft is a mapping.</summary>
    public bool IsMapping => _fields is not null || _source is MappingNode;

    /// <summary>Whether the draft is a sequence.</summary>
    public bool IsSequence => _items is not null || _source is SequenceNode;

    /// <summary>The kind of node, as messages name it.</summary>
    public string KindName => IsMapping ? "mapping" : IsSequence ? "sequence" : "scalar";

    /// <summary>The text of a scalar; empty for anything else.</summary>
    public string Text => _scalar?.Value ?? "";

    /// <summary>The node that no draft was changed in, or null when there may be changes.</summary>
    public YamlNode? Untouched => _fields is null && _items is null ? _source : null;

    /// <summary>Whether this is a mapping without keys.</summary>
    public bool IsEmptyMapping => _fields is null ? _source is MappingNode { Count: 0 } : _fields.TrueForAll(entry => entry.Value is null);

    /// <summary>Whether there is nothing in it: null, no keys or no items.</summary>
    public bool IsNullOrEmpty => IsNull || IsEmptyMapping || (_items is null ? _source is SequenceNode { Count: 0 } : _items.Count == 0);

    /// <summary>The items of a sequence. The list may be changed.</summary>
    public List<MergeDraft> Items => _items ??= [.. ((SequenceNode)_source!).Items.ToArray().Select(item => new MergeDraft(item))];

    /// <summary>Lays a draft over a node.</summary>
    /// <param name="node">The node.</param>
    public static MergeDraft Of(YamlNode node) => new(node);

    /// <summary>A null that was in the object and stays.</summary>
    /// <param name="scalar">The null.</param>
    public static MergeDraft KeptNull(ScalarNode scalar) => new(scalar) { KeepsNull = true };

    /// <summary>A sequence that takes the place of another one.</summary>
    /// <param name="replaced">The other one.</param>
    public static MergeDraft SequenceInPlaceOf(MergeDraft replaced) =>
        new(replaced._source as SequenceNode ?? new SequenceNode([], replaced.Position)) { _items = [] };

    /// <summary>The keys of a mapping, in order.</summary>
    public IEnumerable<ScalarNode> Keys()
    {
        if (_fields is null)
        {
            return _source is MappingNode mapping ? mapping.Entries.ToArray().Select(entry => entry.Key) : [];
        }
        return _fields.Where(field => field.Value is not null).Select(field => field.Key);
    }

    /// <summary>The value of a key; null when this has no such key.</summary>
    /// <param name="name">The key.</param>
    public MergeDraft? this[string name]
    {
        get
        {
            int at = IndexOf(name);
            return at < 0 ? null : _fields![at].Value;
        }
    }

    /// <summary>A key as it is written; null when this has no such key.</summary>
    /// <param name="name">The key.</param>
    public ScalarNode? KeyOf(string name)
    {
        int at = IndexOf(name);
        return at < 0 ? null : _fields![at].Key;
    }

    /// <summary>Removes a key.</summary>
    /// <param name="name">The key.</param>
    public void Remove(string name)
    {
        int at = IndexOf(name);
        if (at >= 0)
        {
            _fields![at] = _fields[at] with { Value = null };
            _index?.Remove(name);
        }
    }

    /// <summary>Gives a key a value, or removes the key when the value is nothing or a null that does not stay.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Set(ScalarNode key, MergeDraft? value)
    {
        if (value is null || (value.IsNull && !value.KeepsNull))
        {
            Remove(key.Value);
            return;
        }
        if (value._scalar is { } text && Yaml11.IsUnquotedAmbiguity(text))
        {
            value.ChangeStyle(ScalarStyle.DoubleQuoted, text.HasExplicitTag);
        }
        if (this[key.Value] is { } present)
        {
            if (!ReferenceEquals(present, value))
            {
                // The new value is written in the old one's style: a number that takes the place of a quoted string is text.
                value.ChangeStyle(present._scalar is { } old ? EffectiveStyle(old) : ScalarStyle.Plain, present._scalar is { HasExplicitTag: true });
                present.CopyFrom(value);
            }
            return;
        }
        Expand().Add(new Field(key, value));
        _index?.Add(key.Value, _fields!.Count - 1);
    }

    /// <summary>The immutable tree that the draft has become.</summary>
    /// <returns>The node that the draft was laid over, when nothing changed.</returns>
    public YamlNode ToNode() => Build() switch
    {
        MappingNode mapping => mapping.AsFlow(_isFlow),
        SequenceNode sequence => sequence.AsFlow(_isFlow),
        YamlNode scalar => scalar,
    };

    private YamlNode Build()
    {
        if (_fields is not null)
        {
            return BuildMapping();
        }
        if (_items is null)
        {
            return _scalar ?? _source!;
        }
        var items = new YamlNode[_items.Count];
        bool same = _source is SequenceNode old && old.Count == items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = _items[i].ToNode();
            same = same && ReferenceEquals(items[i], ((SequenceNode)_source!)[i]);
        }
        return same ? _source! : new SequenceNode(items, Position);
    }

    private MappingNode BuildMapping()
    {
        var entries = new List<MappingEntry>(_fields!.Count);
        var old = _source as MappingNode;
        bool same = true;
        foreach (Field field in _fields)
        {
            if (field.Value is { } value)
            {
                YamlNode node = value.ToNode();
                same = same && old is not null && entries.Count < old.Count
                    && ReferenceEquals(old.Entries[entries.Count].Value, node) && old.Entries[entries.Count].Key.Value == field.Key.Value;
                entries.Add(new MappingEntry(field.Key, node));
            }
        }
        return same && old is not null && entries.Count == old.Count ? old : new MappingNode([.. entries], Position);
    }

    private void CopyFrom(MergeDraft other)
    {
        _source = other._source;
        _fields = other._fields is null ? null : [.. other._fields];
        _items = other._items is null ? null : [.. other._items];
        _index = null;
        _scalar = other._scalar;
        Position = other.Position;
    }

    /// <summary>Lets a scalar be the shared one that stands in its place.</summary>
    /// <param name="node">The shared scalar.</param>
    public void Share(YamlNode? node)
    {
        _scalar = (ScalarNode)node!;
        _source = _scalar;
    }

    private void ChangeStyle(ScalarStyle style, bool isTagged)
    {
        if (_scalar is not { } scalar || (scalar.Style == style && scalar.HasExplicitTag == isTagged) || IsNull)
        {
            return;
        }
        if (scalar.IsUntagged && !isTagged)
        {
            _scalar = ScalarEdit.Untagged(scalar.Value, style, scalar.Position);
            _source = _scalar;
            return;
        }
        // Written in quotes, what its text alone says it is (no tag needed) becomes text, unless there is a tag.
        string tag = scalar.HiddenTag ?? scalar.Tag;
        _scalar = !isTagged && style != ScalarStyle.Plain
            ? ScalarEdit.Quoted(scalar.Value, tag, style, scalar.Position)
            : new ScalarNode(scalar.Value, tag, style, scalar.Position) { HasExplicitTag = isTagged };
        _source = _scalar;
    }

    // A string made by a transformer (it has no place in a file) is plain here, where kustomize quotes it if its text says something else.
    private static ScalarStyle EffectiveStyle(ScalarNode scalar) =>
        scalar is { Position.Line: 0, IsUntagged: false } && Yaml11.IsUnquotedAmbiguity(scalar) ? ScalarStyle.DoubleQuoted : scalar.Style;

    private int IndexOf(string name)
    {
        if (!IsMapping)
        {
            return -1;
        }
        List<Field> fields = Expand();
        if (fields.Count < IndexThreshold)
        {
            return fields.FindIndex(field => field.Value is not null && field.Key.Value == name);
        }
        if (_index is null)
        {
            _index = new Dictionary<string, int>(fields.Count, StringComparer.Ordinal);
            for (int i = 0; i < fields.Count; i++)
            {
                if (fields[i].Value is not null)
                {
                    _index.TryAdd(fields[i].Key.Value, i);
                }
            }
        }
        return _index.TryGetValue(name, out int at) ? at : -1;
    }

    private List<Field> Expand()
    {
        if (_fields is null)
        {
            var mapping = (MappingNode)_source!;
            _fields = new List<Field>(mapping.Count);
            foreach (MappingEntry entry in mapping.Entries)
            {
                _fields.Add(new Field(entry.Key, new MergeDraft(entry.Value)));
            }
        }
        return _fields;
    }

    private readonly record struct Field(ScalarNode Key, MergeDraft? Value);
}
