namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>
/// A node of an immutable YAML tree. Nodes never change: what looks like a change makes a new node that shares every
/// untouched child with the old one, so a tree can be used by many overlays and threads at once. Anchors, aliases and
/// merge keys are expanded when a tree is read; an alias is the very node that its anchor names.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(SourcePosition position) => Position = position;

    /// <summary>Where the node was read.</summary>
    public SourcePosition Position { get; }

    /// <summary>The kind of node, as messages name it: <c>scalar</c>, <c>mapping</c> or <c>sequence</c>.</summary>
    public abstract string KindName { get; }

    /// <summary>
    /// Whether this is a scalar that was read as null (<c>~</c>, <c>null</c> or nothing, unquoted). A text that was set without
    /// saying what it stands for is none, as in kustomize, though it may print as null.
    /// </summary>
    public bool IsNull => this is ScalarNode { Tag: ScalarTags.Null, IsUntagged: false };
}
