namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A sequence.</summary>
public sealed class SequenceNode : YamlNode
{
    private readonly YamlNode[] _items;

    /// <summary>Makes a sequence.</summary>
    /// <param name="items">The items; the array is not copied and must not change afterwards.</param>
    /// <param name="position">Where the sequence was read.</param>
    internal SequenceNode(YamlNode[] items, SourcePosition position)
        : base(position) => _items = items;

    /// <summary>Makes a sequence that no file holds.</summary>
    /// <param name="items">The items, in order.</param>
    public static SequenceNode Create(params IEnumerable<YamlNode> items) => new([.. items], SourcePosition.None);

    /// <inheritdoc/>
    public override string KindName => "sequence";

    /// <summary>Number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The items, in order.</summary>
    public ReadOnlySpan<YamlNode> Items => _items;

    /// <summary>Whether it was written in brackets; only text that keeps its style tells the difference.</summary>
    internal bool IsFlow { get; init; }

    /// <summary>Text of the canonical form that <see cref="CanonicalYamlWriter"/> keeps with large sequences.</summary>
    internal EmittedText? Emitted { get; set; }

    /// <summary>The item at a place.</summary>
    /// <param name="index">Place, from 0.</param>
    public YamlNode this[int index] => _items[index];

    /// <summary>A sequence in which the item at a place is another.</summary>
    /// <param name="index">Place, from 0.</param>
    /// <param name="item">The item.</param>
    /// <returns>This sequence when the item is the very same node.</returns>
    public SequenceNode WithItemAt(int index, YamlNode item)
    {
        if (ReferenceEquals(_items[index], item))
        {
            return this;
        }
        var items = (YamlNode[])_items.Clone();
        items[index] = item;
        return WithItems(items);
    }

    /// <summary>The same sequence, in brackets or not.</summary>
    /// <param name="flow">Whether in brackets.</param>
    internal SequenceNode AsFlow(bool flow) => flow == IsFlow ? this : new(_items, Position) { IsFlow = flow };

    /// <summary>A sequence with the same place in the file and other items.</summary>
    /// <param name="items">The items; the array is not copied and must not change afterwards.</param>
    internal SequenceNode WithItems(YamlNode[] items) => new(items, Position) { IsFlow = IsFlow };
}
