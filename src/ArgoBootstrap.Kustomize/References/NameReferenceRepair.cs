using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Repairs the references that one object holds.</summary>
/// <param name="index">The objects that may be referred to.</param>
/// <param name="referrer">The object.</param>
internal sealed class NameReferenceRepair(ReferralIndex index, Resource referrer)
{
    private readonly ReferrerScope _scope = ReferrerScope.Of(referrer);
    private readonly List<Resource> _candidates = [];

    /// <summary>The object whose references are repaired.</summary>
    public Resource Referrer { get; set; } = referrer;

    /// <summary>The value that a field should have.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value: a name, a mapping of <c>name</c> and <c>namespace</c>, or a sequence of either.</param>
    /// <returns>The same node when it need not change.</returns>
    /// <exception cref="KustomizeException">Several objects fit, or the value has none of these forms.</exception>
    public YamlNode Apply(NameReferenceField field, YamlNode value)
    {
        if (value is not SequenceNode sequence)
        {
            return ApplyToOne(field, value);
        }
        YamlNode[]? items = null;
        for (int i = 0; i < sequence.Count; i++)
        {
            YamlNode changed = ApplyToOne(field, sequence[i]);
            if (!ReferenceEquals(changed, sequence[i]))
            {
                items ??= sequence.Items.ToArray();
                items[i] = changed;
            }
        }
        return items is null ? sequence : sequence.WithItems(items);
    }

    private YamlNode ApplyToOne(NameReferenceField field, YamlNode value) => value switch
    {
        _ when value.IsNull => value,
        ScalarNode scalar => ApplyToName(field, scalar),
        MappingNode mapping => ApplyToMapping(field, mapping),
        _ => throw new KustomizeException(
            DiagnosticIds.WrongType,
            $"The field {field.Spec.Path} of {Referrer.Id.Describe()}, which names a {field.Target.Kind}, holds a sequence within a sequence.",
            value.Position,
            "Write a name, a mapping with a name, or one sequence of these."),
    };

    private ScalarNode ApplyToName(NameReferenceField field, ScalarNode scalar)
    {
        _candidates.Clear();
        index.Find(scalar.Value, _scope, _candidates);
        Resource? referral = Choose(field, scalar, withNamespace: false);
        return referral is null ? scalar : scalar.WithText(referral.Name);
    }

    private MappingNode ApplyToMapping(NameReferenceField field, MappingNode mapping)
    {
        if (mapping["name"] is not { } nameNode)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidResource,
                $"The field {field.Spec.Path} of {Referrer.Id.Describe()} should name a {field.Target.Kind}, but is a mapping without name.",
                mapping.Position,
                "Add the name, or correct the path in the transformer configuration.");
        }
        string oldName = nameNode is ScalarNode old ? old.Value : "";
        _candidates.Clear();
        index.Find(oldName, _scope, _candidates);
        if (_candidates.Count > 0 && mapping["namespace"] is { } ns)
        {
            KeepNamespace(ns is ScalarNode text ? text.Value : "");
        }
        Resource? referral = Choose(field, nameNode, withNamespace: true);
        if (referral is null || (referral.Name == oldName && referral.Namespace.Length == 0))
        {
            return mapping;
        }
        mapping = WithField(mapping, "name", referral.Name);
        return referral.Namespace.Length == 0 ? mapping : WithField(mapping, "namespace", referral.Namespace);
    }

    // A written namespace means the one that objects were loaded into; only if no object was, the one that they have now.
    private void KeepNamespace(string ns)
    {
        if (ns == ResourceId.ClusterScope)
        {
            _candidates.Clear();
        }
        else if (index.HasOriginalNamespace(ns, _scope))
        {
            _candidates.RemoveAll(c => c.OriginalId.EffectiveNamespace != ns);
        }
        else
        {
            _candidates.RemoveAll(c => c.Id.EffectiveNamespace != ns);
        }
    }

    private Resource? Choose(NameReferenceField field, YamlNode at, bool withNamespace)
    {
        if (_candidates.Count == 0)
        {
            return null;
        }
        (string Group, string Kind)? role = field.IsRoleRef ? RoleRef() : null;
        _candidates.RemoveAll(c =>
            !HadType(c, field.Target)
            || (role is { } r && !HadType(c, new GroupVersionKind(r.Group, "", r.Kind)))
            || !IsInReach(c));
        if (_candidates.Count == 1)
        {
            return _candidates[0];
        }
        _candidates.RemoveAll(c => !HasSameAffixes(c, emptyFits: true));
        if (_candidates.Count > 1)
        {
            _candidates.RemoveAll(c => !HasSameAffixes(c, emptyFits: false));
        }
        if (_candidates.Count == 0)
        {
            return null;
        }
        Resource first = _candidates[0];
        if (_candidates.TrueForAll(c => c.Name == first.Name && (!withNamespace || c.Namespace == first.Namespace)))
        {
            return first;
        }
        throw new KustomizeException(
            DiagnosticIds.AmbiguousTarget,
            $"The name in {field.Spec.Path} of {Referrer.Id.Describe()} fits several objects: {string.Join(", ", _candidates.Select(c => c.Id))}.",
            at.Position,
            "Give these objects names that differ before prefixes and suffixes are added, or refer to the final name.");
    }

    private bool IsInReach(Resource candidate)
    {
        ResourceId own = Referrer.Id;
        return own.IsClusterScoped || candidate.Id.IsClusterScoped || candidate.Id.Type.Kind == "ServiceAccount" || candidate.Id.EffectiveNamespace == own.EffectiveNamespace;
    }

    private (string Group, string Kind)? RoleRef() =>
        Referrer.Node["roleRef"] is MappingNode role && role["apiGroup"] is { } group && role["kind"] is { } kind
            ? ((group as ScalarNode)?.Value ?? "", (kind as ScalarNode)?.Value ?? "")
            : null;

    // kustomize remembers earlier kinds, but not earlier groups and versions: those that an object has now count.
    private static bool HadType(Resource resource, GroupVersionKind selector)
    {
        GroupVersionKind type = resource.Id.Type;
        if ((selector.Group.Length > 0 && selector.Group != type.Group) || (selector.Version.Length > 0 && selector.Version != type.Version))
        {
            return false;
        }
        if (selector.Kind.Length == 0)
        {
            return true;
        }
        foreach (ResourceId id in resource.PreviousIds)
        {
            if (id.Type.Kind == selector.Kind)
            {
                return true;
            }
        }
        return false;
    }

    private bool HasSameAffixes(Resource candidate, bool emptyFits) =>
        HaveSameEnd(candidate.NamePrefixes, Referrer.NamePrefixes, emptyFits) && HaveSameEnd(candidate.NameSuffixes, Referrer.NameSuffixes, emptyFits);

    private static bool HaveSameEnd(ImmutableArray<string> one, ImmutableArray<string> other, bool emptyFits)
    {
        if (one.IsEmpty || other.IsEmpty)
        {
            return emptyFits || one.Length == other.Length;
        }
        ReadOnlySpan<string> shorter = one.Length < other.Length ? one.AsSpan() : other.AsSpan();
        ReadOnlySpan<string> longer = one.Length < other.Length ? other.AsSpan() : one.AsSpan();
        return longer[^shorter.Length..].SequenceEqual(shorter);
    }

    private static MappingNode WithField(MappingNode mapping, string key, string value) =>
        mapping.With(key, mapping[key] is ScalarNode old ? old.WithText(value) : ScalarNode.String(value));
}
