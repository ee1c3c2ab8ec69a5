using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Copies a value to fields of objects (kustomize: an entry of <c>replacements</c>).</summary>
/// <param name="Source">The field that the value comes from; null when it is given as text.</param>
/// <param name="SourceValue">The value as text; null when it comes from a field.</param>
/// <param name="Targets">Where it goes; null when the entry has no such list.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record Replacement(ReplacementSource? Source, string? SourceValue, IReadOnlyList<ReplacementTarget>? Targets, SourcePosition Position);

/// <summary>The field that a replacement takes its value from.</summary>
/// <param name="Type">Type of the object, which must be exact; empty parts fit anything.</param>
/// <param name="Name">Name that the object has, or once had; empty for any.</param>
/// <param name="Namespace">Namespace that the object has, or once had; empty for any.</param>
/// <param name="FieldPath">Path of the field.</param>
/// <param name="Options">Which part of the value is taken.</param>
/// <param name="Position">Where the source is written.</param>
public sealed record ReplacementSource(GroupVersionKind Type, string Name, string Namespace, FieldPath FieldPath, ReplacementOptions? Options, SourcePosition Position);

/// <summary>Fields of objects that a replacement writes to.</summary>
/// <param name="Select">The objects; null when the entry does not say, which is an error when it is applied.</param>
/// <param name="Reject">Objects that are left out.</param>
/// <param name="FieldPaths">Paths of the fields.</param>
/// <param name="Options">Which part of a field is written, and whether it is created.</param>
/// <param name="Position">Where the target is written.</param>
public sealed record ReplacementTarget(ReplacementSelector? Select, IReadOnlyList<ReplacementSelector> Reject, IReadOnlyList<FieldPath> FieldPaths, ReplacementOptions? Options, SourcePosition Position);

/// <summary>Objects that a replacement writes to or leaves alone. Type, name and namespace are regular expressions for the whole text.</summary>
/// <param name="Type">Type; empty parts fit anything.</param>
/// <param name="Name">Name that the object has, or once had; empty for any.</param>
/// <param name="Namespace">Namespace that the object has, or once had; empty for any.</param>
/// <param name="LabelSelector">Labels, in Kubernetes' selector syntax.</param>
/// <param name="AnnotationSelector">Annotations, in the same syntax.</param>
/// <param name="Position">Where the selector is written.</param>
public sealed record ReplacementSelector(GroupVersionKind Type, string Name, string Namespace, string LabelSelector, string AnnotationSelector, SourcePosition Position)
{
    /// <summary>The mapping that it was read from; null when there is none.</summary>
    public MappingNode? Written { get; init; }
}

/// <summary>Which part of a field a replacement reads or writes.</summary>
/// <param name="Delimiter">What separates the parts; empty for the whole field.</param>
/// <param name="Index">Which part, from 0. In a target, a negative one puts the value in front, and one beyond the end behind.</param>
/// <param name="Create">Whether a target field is made where it is missing.</param>
public sealed record ReplacementOptions(string Delimiter, int Index, bool Create);

/// <summary>An entry of <c>replacements</c>: a replacement, or the path of a file that holds one or several.</summary>
/// <param name="Path">The path; empty for a replacement that is written in place.</param>
/// <param name="Inline">The replacement that is written in place.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record ReplacementEntry(string Path, Replacement Inline, SourcePosition Position);
