using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// Chooses objects, as <c>target</c> of a patch does (kustomize: Selector). Group, version, kind, name and namespace are
/// regular expressions in Go's syntax that must match the whole value; an empty one fits anything. Labels and annotations
/// are chosen with Kubernetes' label selectors.
/// </summary>
public sealed class TargetSelector
{
    private readonly SelectorPattern? _group;
    private readonly SelectorPattern? _version;
    private readonly SelectorPattern? _kind;
    private readonly SelectorPattern? _name;
    private readonly SelectorPattern? _namespace;
    private readonly SourcePosition _position;
    private readonly string _labelText;
    private readonly string _annotationText;
    private LabelSelector? _labels;
    private LabelSelector? _annotations;

    /// <summary>Makes a selector.</summary>
    /// <param name="type">Expressions for group, version and kind.</param>
    /// <param name="name">Expression for the name.</param>
    /// <param name="ns">Expression for the namespace; objects that name none are in <c>default</c>.</param>
    /// <param name="labelSelector">Label selector.</param>
    /// <param name="annotationSelector">Label selector for annotations.</param>
    /// <param name="position">Where the selector is written.</param>
    /// <exception cref="KustomizeException">An expression is not valid.</exception>
    public TargetSelector(GroupVersionKind type, string name, string ns, string labelSelector, string annotationSelector, SourcePosition position)
    {
        Type = type;
        Name = name;
        Namespace = ns;
        _group = SelectorPattern.Parse(type.Group, "group", position);
        _version = SelectorPattern.Parse(type.Version, "version", position);
        _kind = SelectorPattern.Parse(type.Kind, "kind", position);
        _name = SelectorPattern.Parse(name, "name", position);
        _namespace = SelectorPattern.Parse(ns, "namespace", position);
        _labelText = labelSelector;
        _annotationText = annotationSelector;
        _position = position;
    }

    /// <summary>Expressions for group, version and kind.</summary>
    public GroupVersionKind Type { get; }

    /// <summary>Expression for the name.</summary>
    public string Name { get; }

    /// <summary>Expression for the namespace.</summary>
    public string Namespace { get; }

    /// <summary>Where the selector is written.</summary>
    public SourcePosition Position => _position;

    /// <summary>Whether an object is chosen. Name and namespace may be the original ones or those that the object has now.</summary>
    /// <param name="resource">The object.</param>
    /// <exception cref="KustomizeException">A label selector is not valid. As in kustomize, that shows only once an object fits everything before it.</exception>
    public bool Matches(Resource resource)
    {
        ResourceId current = resource.Id;
        ResourceId original = resource.OriginalId;
        return MatchesId(current.Type)
            && (_namespace is null || _namespace.Matches(original.EffectiveNamespace) || _namespace.Matches(current.EffectiveNamespace))
            && (_name is null || _name.Matches(original.Name) || _name.Matches(current.Name))
            && (_labelText.Length == 0 || (_labels ??= LabelSelector.Parse(_labelText, _position)).Matches(Metadata(resource, "labels")))
            && (_annotationText.Length == 0 || (_annotations ??= LabelSelector.Parse(_annotationText, _position)).Matches(Metadata(resource, "annotations")));
    }

    /// <summary>The places of the objects that are chosen, in order.</summary>
    /// <param name="resources">The objects.</param>
    /// <exception cref="KustomizeException">A label selector is not valid.</exception>
    public IReadOnlyList<int> Select(ResourceMap resources)
    {
        var places = new List<int>();
        for (int i = 0; i < resources.Count; i++)
        {
            if (Matches(resources[i]))
            {
                places.Add(i);
            }
        }
        return places;
    }

    private bool MatchesId(GroupVersionKind type) =>
        (_group is null || _group.Matches(type.Group))
        && (_version is null || _version.Matches(type.Version))
        && (_kind is null || _kind.Matches(type.Kind));

    private static MappingNode? Metadata(Resource resource, string field) => (resource.Node["metadata"] as MappingNode)?[field] as MappingNode;
}
