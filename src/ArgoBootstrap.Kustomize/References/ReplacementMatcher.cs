using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Says which objects a target of a replacement writes to.</summary>
internal sealed class ReplacementMatcher
{
    private readonly Patterns _select;
    private readonly Patterns[] _reject;

    /// <summary>Makes a matcher.</summary>
    /// <param name="target">The target.</param>
    /// <exception cref="KustomizeException">The target selects nothing, or a selector cannot be read.</exception>
    public ReplacementMatcher(ReplacementTarget target)
    {
        if (target.Select is null)
        {
            throw new KustomizeException(DiagnosticIds.InvalidReplacement, "A target of a replacement has no select.", target.Position, "Say in select which objects it writes to.");
        }
        _select = new Patterns(target.Select);
        _reject = [.. target.Reject.Select(r => new Patterns(r))];
    }

    /// <summary>Whether an object is written to: by the id that it has or one that it had.</summary>
    /// <param name="resource">The object.</param>
    public bool Fits(Resource resource)
    {
        // Labels go first, as in kustomize, which reads a selector of labels only when it comes to it.
        if (!_select.FitsLabels(resource) || Array.Exists(_reject, reject => reject.HasLabels && reject.FitsLabels(resource)))
        {
            return false;
        }
        // Each half of a rejecting selector rejects on its own.
        return _select.FitsAnyId(resource) && !Array.Exists(_reject, reject => !reject.IsEmptyId && reject.FitsAnyId(resource));
    }

    /// <summary>Whether an object is the source of a replacement, by the id that it has or one that it had.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="source">The source.</param>
    public static bool IsSource(Resource resource, ReplacementSource source)
    {
        GroupVersionKind type = resource.Id.Type;
        if (IsSelected(type, resource.Name, resource.Namespace, source))
        {
            return true;
        }
        foreach (ResourceId id in resource.PreviousIds)
        {
            if (IsSelected(type with { Kind = id.Type.Kind }, id.Name, id.EffectiveNamespace, source))
            {
                return true;
            }
        }
        return false;
    }

    // Whether a type is namespaced plays no part here: a cluster-scoped object counts as in the default namespace.
    private static bool IsSelected(GroupVersionKind type, string name, string ns, ReplacementSource source) =>
        (source.Name.Length == 0 || source.Name == name)
        && (source.Namespace.Length == 0 || source.Namespace == (ns.Length == 0 ? ResourceId.DefaultNamespace : ns))
        && type.IsSelectedBy(source.Type);

    private sealed class Patterns
    {
        private readonly AnchoredPattern _group;
        private readonly AnchoredPattern _version;
        private readonly AnchoredPattern _kind;
        private readonly AnchoredPattern _name;
        private readonly AnchoredPattern _namespace;
        private readonly ReplacementSelector _selector;
        private LabelSelector? _labels;
        private LabelSelector? _annotations;

        public Patterns(ReplacementSelector selector)
        {
            _selector = selector;
            _group = Pattern(selector.Type.Group, "group");
            _version = Pattern(selector.Type.Version, "version");
            _kind = Pattern(selector.Type.Kind, "kind");
            _name = Pattern(selector.Name, "name");
            _namespace = Pattern(selector.Namespace, "namespace");
            HasLabels = selector.LabelSelector.Length + selector.AnnotationSelector.Length > 0;

            AnchoredPattern Pattern(string text, string field) => AnchoredPattern.Of(text, field, selector.Written, selector.Position, DiagnosticIds.InvalidReplacement);
        }

        public bool HasLabels { get; }

        public bool IsEmptyId => _group.IsEmpty && _version.IsEmpty && _kind.IsEmpty && _name.IsEmpty && _namespace.IsEmpty;

        public bool FitsLabels(Resource resource)
        {
            _annotations ??= Labels(_selector.AnnotationSelector);
            _labels ??= Labels(_selector.LabelSelector);
            var metadata = resource.Node["metadata"] as MappingNode;
            return _annotations.Fits(metadata?["annotations"] as MappingNode) && _labels.Fits(metadata?["labels"] as MappingNode);
        }

        private LabelSelector Labels(string text)
        {
            try
            {
                return LabelSelector.Parse(text);
            }
            catch (FormatException e)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidReplacement,
                    $"The label selector '{text}' of a replacement is not valid: {e.Message}.",
                    _selector.Position,
                    "Write requirements such as app=web, tier!=db, env in (dev,prod), app or !app, separated by commas.");
            }
        }

        public bool FitsAnyId(Resource resource)
        {
            GroupVersionKind type = resource.Id.Type;
            if (!_group.Fits(type.Group) || !_version.Fits(type.Version))
            {
                return false;
            }
            if (_kind.Fits(type.Kind) && _name.Fits(resource.Name) && _namespace.Fits(resource.Namespace))
            {
                return true;
            }
            foreach (ResourceId id in resource.PreviousIds)
            {
                if (_kind.Fits(id.Type.Kind) && _name.Fits(id.Name) && _namespace.Fits(id.EffectiveNamespace))
                {
                    return true;
                }
            }
            return false;
        }
    }
}
