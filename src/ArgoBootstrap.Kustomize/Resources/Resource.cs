using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// An object on its way through a build: its immutable tree, and what kustomize remembers beside it (earlier ids, prefixes,
/// whether a hash is due). kustomize keeps these in annotations of the object; here they never touch the tree.
/// Immutable: every change makes a new <see cref="Resource"/>.
/// </summary>
public sealed class Resource
{
    private ResourceId? _id;

    /// <summary>Makes a resource of a tree.</summary>
    /// <param name="node">The object.</param>
    /// <param name="schema">Says which types are namespaced and which lists merge.</param>
    public Resource(MappingNode node, KubernetesSchema schema)
    {
        Node = node;
        Schema = schema;
    }

    private Resource(Resource other, MappingNode node)
    {
        Node = node;
        if (HasSameIdentity(other.Node, node))
        {
            _id = other._id;
        }
        Schema = other.Schema;
        PreviousIds = other.PreviousIds;
        NamePrefixes = other.NamePrefixes;
        NameSuffixes = other.NameSuffixes;
        Behavior = other.Behavior;
        NeedsHash = other.NeedsHash;
        VariableNames = other.VariableNames;
        Origin = other.Origin;
        Transformations = other.Transformations;
        AllowsNameChange = other.AllowsNameChange;
        AllowsKindChange = other.AllowsKindChange;
        IsHelmGenerated = other.IsHelmGenerated;
    }

    /// <summary>The object's tree.</summary>
    public MappingNode Node { get; }

    /// <summary>The schema in force where the object was loaded.</summary>
    public KubernetesSchema Schema { get; private init; }

    /// <summary>The ids that the object had before it was renamed or moved, oldest first.</summary>
    public ImmutableArray<ResourceId> PreviousIds { get; private init; } = [];

    /// <summary>Prefixes that its name has been given, innermost first.</summary>
    public ImmutableArray<string> NamePrefixes { get; private init; } = [];

    /// <summary>Suffixes that its name has been given, innermost first.</summary>
    public ImmutableArray<string> NameSuffixes { get; private init; } = [];

    /// <summary>For a generated object, what it does to one that is there already.</summary>
    public GenerationBehavior Behavior { get; init; }

    /// <summary>Whether helm has rendered the object: <c>namespace</c> leaves it alone then, since helm has been told the namespace.</summary>
    public bool IsHelmGenerated { get; private init; }

    /// <summary>Whether a hash of the content is appended to the name at the end of the build.</summary>
    public bool NeedsHash { get; init; }

    /// <summary>Names of the variables that take their value from this object.</summary>
    public ImmutableArray<string> VariableNames { get; private init; } = [];

    /// <summary>Where the object came from; kept only when <c>buildMetadata</c> asks.</summary>
    public Origin? Origin { get; init; }

    /// <summary>What transformed the object; kept only when <c>buildMetadata</c> asks.</summary>
    public ImmutableArray<Origin> Transformations { get; init; } = [];

    /// <summary>For a patch: whether it may rename its target.</summary>
    public bool AllowsNameChange { get; init; }

    /// <summary>For a patch: whether it may change its target's kind.</summary>
    public bool AllowsKindChange { get; init; }

    /// <summary>The id that the object has now.</summary>
    public ResourceId Id => _id ??= ComputeId();

    /// <summary>The id that the object was loaded with.</summary>
    public ResourceId OriginalId => PreviousIds.IsEmpty ? Id : PreviousIds[0];

    /// <summary>Kind; empty when it has none.</summary>
    public string Kind => Scalar(Node, "kind");

    /// <summary><c>apiVersion</c>; empty when it has none.</summary>
    public string ApiVersion => Scalar(Node, "apiVersion");

    /// <summary><c>metadata.name</c>; empty when it has none.</summary>
    public string Name => Scalar(Node.First("metadata"), "name");

    /// <summary><c>metadata.namespace</c> as written; empty when it has none.</summary>
    public string Namespace => Scalar(Node.First("metadata"), "namespace");

    /// <summary>The same object with another tree.</summary>
    /// <param name="node">The tree.</param>
    /// <returns>This resource when the tree is the very same.</returns>
    public Resource WithNode(MappingNode node) => ReferenceEquals(node, Node) ? this : new Resource(this, node);

    /// <summary>The same object under another schema.</summary>
    /// <param name="schema">The schema.</param>
    public Resource WithSchema(KubernetesSchema schema) => new(this, Node) { Schema = schema };

    /// <summary>The same object, remembering the id that it has now as a previous one.</summary>
    /// <exception cref="KustomizeException">The id has a comma, by which kustomize separates the ids that it notes.</exception>
    public Resource WithStoredId() => !Name.Contains(',', StringComparison.Ordinal) && !Namespace.Contains(',', StringComparison.Ordinal) && !Kind.Contains(',', StringComparison.Ordinal)
        ? new(this, WithRoomForNotes(Node)) { PreviousIds = PreviousIds.Add(Id) }
        : throw new KustomizeException(
            DiagnosticIds.InvalidResource, $"The name, namespace or kind of {Id.Describe()} has a comma, and cannot be changed by a kustomization.", Node.Position, "Give it one without commas.");

    /// <summary>The same object with other previous ids.</summary>
    /// <param name="ids">The ids, oldest first.</param>
    public Resource WithPreviousIds(ImmutableArray<ResourceId> ids) => new(this, Node) { PreviousIds = ids };

    /// <summary>The same object, remembering a prefix of its name.</summary>
    /// <param name="prefix">The prefix.</param>
    public Resource WithNamePrefix(string prefix) => new(this, WithRoomForNotes(Node)) { NamePrefixes = NamePrefixes.Add(prefix) };

    /// <summary>The same object, remembering a suffix of its name.</summary>
    /// <param name="suffix">The suffix.</param>
    public Resource WithNameSuffix(string suffix) => new(this, WithRoomForNotes(Node)) { NameSuffixes = NameSuffixes.Add(suffix) };

    /// <summary>The same object as the source of one more variable.</summary>
    /// <param name="name">The variable's name.</param>
    public Resource WithVariable(string name) => new(this, Node) { VariableNames = VariableNames.Add(name) };

    /// <summary>The same object, read from a file.</summary>
    /// <param name="origin">The file.</param>
    /// <exception cref="KustomizeException">Its annotations are not a mapping, in which kustomize would note the file.</exception>
    public Resource LoadedFrom(Origin origin) =>
        (Node["metadata"] as MappingNode)?["annotations"] is { IsNull: false } annotations and not MappingNode
            ? throw AnnotationStrings.NotAMapping(annotations)
            : new(this, Node) { Origin = origin };

    /// <summary>The same object with another origin.</summary>
    /// <param name="origin">The origin, or null for none.</param>
    public Resource WithOrigin(Origin? origin) => new(this, Noted()) { Origin = origin };

    /// <summary>The same object, rendered by helm.</summary>
    public Resource AsHelmGenerated() => new(this, Node) { IsHelmGenerated = true };

    /// <summary>The same object with one more transformation on record.</summary>
    /// <param name="origin">Where the transformer is configured.</param>
    public Resource WithTransformation(Origin origin) => new(this, Noted()) { Transformations = Transformations.Add(origin) };

    /// <summary>The same object without any transformation on record.</summary>
    internal Resource WithoutTransformations() => new(this, Node) { Transformations = [] };

    /// <summary>The tree of this object with everything that is remembered about another one, as a generated object takes the place of its target.</summary>
    /// <param name="other">The object whose place is taken.</param>
    /// <param name="node">The new tree.</param>
    /// <param name="needsHash">Whether a hash is due.</param>
    public static Resource InPlaceOf(Resource other, MappingNode node, bool needsHash) => new(other, node) { NeedsHash = needsHash };

    /// <summary>A tree to which kustomize adds annotations, as it does to note ids, affixes and options of patches: a null, a scalar or an empty list makes room for them.</summary>
    /// <param name="node">The tree.</param>
    /// <exception cref="Diagnostics.KustomizeException">The annotations are a list.</exception>
    internal static MappingNode WithRoomForNotes(MappingNode node) =>
        node["metadata"] is not MappingNode metadata ? node : metadata["annotations"] switch
        {
            null or MappingNode => node,
            SequenceNode { Count: > 0 } list => throw AnnotationStrings.NotAMapping(list),
            _ => node.With("metadata", metadata.Without("annotations")),
        };

    // kustomize keeps origins in the object's annotations, all of which it writes again then.
    private MappingNode Noted()
    {
        if (Node["metadata"] is not MappingNode metadata || metadata["annotations"] is not { } annotations)
        {
            return Node;
        }
        MappingNode written = AnnotationStrings.Of(AnnotationStrings.Read(annotations));
        return ReferenceEquals(written, annotations) ? Node : Node.With("metadata", metadata.With("annotations", written));
    }

    private ResourceId ComputeId()
    {
        var type = GroupVersionKind.Parse(ApiVersion, Kind);
        return ResourceId.Create(type, Name, Namespace, Schema.IsClusterScoped(type));
    }

    // Whether nothing that the id is made of can differ, without comparing any text.
    private static bool HasSameIdentity(MappingNode one, MappingNode other) =>
        ReferenceEquals(one, other)
        || (ReferenceEquals(one.First("metadata"), other.First("metadata")) && ReferenceEquals(one.First("kind"), other.First("kind")) && ReferenceEquals(one.First("apiVersion"), other.First("apiVersion")));

    private static string Scalar(YamlNode? node, string key) =>
        node is MappingNode mapping && mapping.First(key) is ScalarNode { IsNull: false } scalar ? scalar.Value : "";
}
