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

    /// <summary>The selector in words: <c>kind Deployment, name web</c>.</summary>
    internal string Describe() => string.Join(", ", new[]
    {
        ("group", Type.Group), ("version", Type.Version), ("kind", Type.Kind), ("name", Name), ("namespace", Namespace), ("labelSelector", _labelText), ("annotationSelector", _annotationText),
    }.Where(p => p.Item2.Length > 0).Select(p => $"{p.Item1} {p.Item2}"));

    /// <summary>The warning that nothing is chosen, with what is near.</summary>
    /// <param name="resources">The objects.</param>
    internal Diagnostic ChoosesNothing(ResourceMap resources) => new(
        DiagnosticIds.TargetNotFound, DiagnosticSeverity.Warning, $"The target of this patch ({Describe()}) matches no object, so the patch changes nothing.", Position,
        "Correct the target, or remove the patch." + Near(resources.ToList()));

    /// <summary>What comes of leaving out one part after the other: the part without which objects are chosen is at fault.</summary>
    private string Near(IReadOnlyList<Resource> resources)
    {
        if (Type.Kind.Length > 0 && !resources.Any(r => _kind.Fits(r.Kind)))
        {
            return NameSuggestion.Sentence(Type.Kind, resources.Select(r => r.Kind));
        }
        Resource[] ofKind = [.. resources.Where(r => _kind.Fits(r.Kind))];
        Resource[] named = [.. ofKind.Where(r => _name.Fits(r.OriginalId.Name) || _name.Fits(r.Name))];
        if (Name.Length > 0 && named.Length == 0)
        {
            return NameSuggestion.Sentence(Name, ofKind.SelectMany(r => new[] { r.OriginalId.Name, r.Name }));
        }
        if (named is not [Resource only, ..] || Name.Length == 0)
        {
            return "";
        }
        string type = _group.Fits(only.Id.Type.Group) && _version.Fits(only.Id.Type.Version) ? "" : $" {only.Kind} {only.Name} ({only.Node.Position}) has the apiVersion {only.ApiVersion}.";
        return type.Length > 0 || _namespace.Fits(only.OriginalId.EffectiveNamespace) || _namespace.Fits(only.Id.EffectiveNamespace)
            ? type
            : $" {only.Kind} {only.Name} ({only.Node.Position}) is in the namespace {only.Id.EffectiveNamespace}.";
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
