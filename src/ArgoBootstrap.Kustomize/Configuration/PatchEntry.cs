using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>patches</c> or <c>patchesJson6902</c>.</summary>
/// <param name="Path">Path of the patch; empty when it is inline.</param>
/// <param name="Text">The inline patch; null when it is in a file.</param>
/// <param name="Target">What it applies to, or null.</param>
/// <param name="AllowNameChange"><c>options.allowNameChange</c>.</param>
/// <param name="AllowKindChange"><c>options.allowKindChange</c>.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record PatchEntry(
    Located<string> Path,
    ScalarNode? Text,
    SelectorEntry? Target,
    bool AllowNameChange,
    bool AllowKindChange,
    SourcePosition Position);

/// <summary>A selector as written: which objects a patch or replacement applies to. Empty parts select anything.</summary>
/// <param name="Type">Group, version and kind; regular expressions for patches.</param>
/// <param name="Name">Name; a regular expression for patches.</param>
/// <param name="Namespace">Namespace; a regular expression for patches.</param>
/// <param name="LabelSelector">A label selector as <c>kubectl -l</c> takes it.</param>
/// <param name="AnnotationSelector">The same for annotations.</param>
/// <param name="Position">Where it is written.</param>
public sealed record SelectorEntry(
    GroupVersionKind Type,
    string Name,
    string Namespace,
    string LabelSelector,
    string AnnotationSelector,
    SourcePosition Position)
{
    /// <summary>The mapping that it was read from; null when there is none.</summary>
    public MappingNode? Written { get; init; }
}
