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
    private readonly AnchoredPattern _group;
    private readonly AnchoredPattern _version;
    private readonly AnchoredPattern _kind;
    private readonly AnchoredPattern _name;
    private readonly AnchoredPattern _namespace;
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
    /// <param name="written">The selector as it is written, for places of its fields.</param>
    /// <exception cref="KustomizeException">An expression is not valid.</exception>
    public TargetSelector(
        GroupVersionKind type, string name, string ns, string labelSelector, string annotationSelector, SourcePosition position, MappingNode? written = null)
    {
        Position = position;
        Type = type;
        Name = name;
        Namespace = ns;
        _group = Pattern(type.Group, "group");
        _version = Pattern(type.Version, "version");
        _kind = Pattern(type.Kind, "kind");
        _name = Pattern(name, "name");
        _namespace = Pattern(ns, "namespace");
        _labelText = labelSelector;
        _annotationText = annotationSelector;

        AnchoredPattern Pattern(string text, string field) => AnchoredPattern.Of(text, field, written, position, DiagnosticIds.InvalidValue);
    }

    /// <summary>Expressions for group, version and kind.</summary>
    public GroupVersionKind Type { get; }

    /// <summary>Expression for the name.</summary>
    public string Name { get; }

    /// <summary>Expression for the namespace.</summary>
    public string Namespace { get; }

    /// <summary>Where the selector is written.</summary>
    public SourcePosition Position { get; }

    /// <summary>Whether an object is chosen. Name and namespace may be the original ones or those that the object has now.</summary>
    /// <param name="resource">The object.</param>
    /// <exception cref="KustomizeException">A label selector is not valid. As in kustomize, that shows only once an object fits everything before it.</exception>
    public bool Matches(Resource resource)
    {
        ResourceId current = resource.Id;
        return _group.Fits(current.Type.Group)
            && _version.Fits(current.Type.Version)
            && _kind.Fits(current.Type.Kind)
            && (_namespace.Fits(resource.OriginalId.EffectiveNamespace) || _namespace.Fits(current.EffectiveNamespace))
            && (_name.Fits(resource.OriginalId.Name) || _name.Fits(current.Name))
            && (_labelText.Length == 0 || (_labels ??= Labels(_labelText)).Fits(Metadata(resource, "labels")))
            && (_annotationText.Length == 0 || (_annotations ??= Labels(_annotationText)).Fits(Metadata(resource, "annotations")));
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

    private static MappingNode? Metadata(Resource resource, string field) => (resource.Node["metadata"] as MappingNode)?[field] as MappingNode;

    private LabelSelector Labels(string text)
    {
        try
        {
            return LabelSelector.Parse(text);
        }
        catch (FormatException problem)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue,
                $"The label selector '{text}' is not valid: {problem.Message}.",
                Position,
                "Write requirements such as app=web, tier!=db, env in (dev,prod), app or !app, separated by commas.");
        }
    }
}
