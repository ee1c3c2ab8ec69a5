using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// The fields of one type of object that may hold names of others, merged into a tree of path segments so that an object
/// is walked once, whatever the number of fields. Made once per type and configuration, and shared by all builds.
/// </summary>
internal sealed class NameReferencePlan
{
    private static readonly ConditionalWeakTable<IReadOnlyList<NameReference>, ConcurrentDictionary<GroupVersionKind, NameReferencePlan?>> Plans = [];

    private NameReferencePlan(List<NameReferenceField> fields)
    {
        Fields = fields;
        foreach (NameReferenceField field in fields)
        {
            Root.Add(field, 0);
        }
        IsSequential = Root.IsAmbiguous() || fields.Exists(ChangesIdentity);
    }

    /// <summary>The fields, in the order in which kustomize repairs them.</summary>
    public IReadOnlyList<NameReferenceField> Fields { get; }

    /// <summary>The fields as a tree.</summary>
    public NameReferenceStep Root { get; } = new();

    /// <summary>Whether the fields must be repaired one after the other: one lies within another, or one is part of the object's identity.</summary>
    public bool IsSequential { get; }

    /// <summary>The plan for a type of object, or null if none of its fields holds a name.</summary>
    /// <param name="references">The configuration.</param>
    /// <param name="type">The type that the object was loaded with.</param>
    public static NameReferencePlan? For(IReadOnlyList<NameReference> references, GroupVersionKind type)
    {
        ConcurrentDictionary<GroupVersionKind, NameReferencePlan?> plans = Plans.GetOrCreateValue(references);
        return plans.TryGetValue(type, out NameReferencePlan? plan) ? plan : plans.GetOrAdd(type, Build(references, type));
    }

    private static NameReferencePlan? Build(IReadOnlyList<NameReference> references, GroupVersionKind type)
    {
        List<NameReferenceField> fields = [];
        foreach (NameReference reference in references)
        {
            foreach (FieldSpec referrer in reference.Referrers)
            {
                if (type.IsSelectedBy(referrer.Type))
                {
                    fields.Add(new NameReferenceField(reference.Target, referrer, referrer.Path.EndsWith("roleRef/name", StringComparison.Ordinal)));
                }
            }
        }
        return fields.Count == 0 ? null : new NameReferencePlan(fields);
    }

    private static bool ChangesIdentity(NameReferenceField field) =>
        field.Spec.Segments is [{ Name: "kind" or "apiVersion" or "metadata" }] or [{ Name: "metadata" }, { Name: "name" or "namespace" }, ..];
}

/// <summary>A field that may hold a name.</summary>
/// <param name="Target">The type of object that is named.</param>
/// <param name="Spec">The field.</param>
/// <param name="IsRoleRef">Whether the <c>roleRef</c> around the field says which kind is named.</param>
internal sealed record NameReferenceField(GroupVersionKind Target, FieldSpec Spec, bool IsRoleRef);

/// <summary>A place on the paths of a <see cref="NameReferencePlan"/>.</summary>
internal sealed class NameReferenceStep
{
    private readonly List<(FieldSpecSegment Segment, NameReferenceStep Step)> _next = [];
    private readonly List<NameReferenceField> _fields = [];

    /// <summary>The segments that lead on from here.</summary>
    public IReadOnlyList<(FieldSpecSegment Segment, NameReferenceStep Step)> Next => _next;

    /// <summary>The fields whose path ends here, in order.</summary>
    public IReadOnlyList<NameReferenceField> Fields => _fields;

    /// <summary>Some field at or below this place, for messages.</summary>
    public NameReferenceField AnyField => _fields.Count > 0 ? _fields[0] : _next[0].Step.AnyField;

    /// <summary>Adds a field's path from this place on.</summary>
    public void Add(NameReferenceField field, int at)
    {
        FieldSpecSegment[] segments = field.Spec.Segments;
        if (at == segments.Length)
        {
            _fields.Add(field);
            return;
        }
        int found = _next.FindIndex(n => n.Segment == segments[at]);
        if (found < 0)
        {
            found = _next.Count;
            _next.Add((segments[at], new NameReferenceStep()));
        }
        _next[found].Step.Add(field, at + 1);
    }

    /// <summary>Whether, here or below, a field lies within another or a key is both a list and not.</summary>
    public bool IsAmbiguous() =>
        (_fields.Count > 0 && _next.Count > 0)
        || _next.Exists(n => n.Step.IsAmbiguous() || _next.Exists(other => other.Segment.Name == n.Segment.Name && other.Segment != n.Segment));
}
