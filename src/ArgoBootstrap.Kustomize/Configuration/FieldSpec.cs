using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>A field of some types of object, as transformer configurations name it.</summary>
/// <param name="Type">Types that have it; empty parts stand for anything.</param>
/// <param name="Path">Segments separated by <c>/</c>; <c>\/</c> stands for a slash, <c>[]</c> after a segment for a list.</param>
/// <param name="CreateIfNotPresent">Whether the field is made where it is missing.</param>
public sealed record FieldSpec(GroupVersionKind Type, string Path, bool CreateIfNotPresent = false)
{
    private FieldSpecSegment[]? _segments;

    /// <summary>Where it is written; nowhere for kustomize's own fields. Says nothing about whether two are equal.</summary>
    public SourcePosition Position { get; init; } = SourcePosition.None;

    /// <summary>Whether a file names it, which is at fault then when the field does not fit an object.</summary>
    internal bool IsConfigured => Position.File != SourceFile.Generated;

    /// <summary>The segments of <see cref="Path"/>.</summary>
    internal FieldSpecSegment[] Segments => _segments ??= [.. Split(Path, '/').Select(FieldSpecSegment.Parse)];

    /// <summary>Whether both name the same field of the same types.</summary>
    /// <param name="other">Another field.</param>
    public bool Equals(FieldSpec? other) =>
        other is not null && Type == other.Type && Path == other.Path && CreateIfNotPresent == other.CreateIfNotPresent;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Path, CreateIfNotPresent);

    /// <summary>
    /// Splits a path at separators that no backslash precedes. One separator at the very start is left out, so that
    /// <c>/a/b</c> is <c>a/b</c>, as in kustomize.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="separator">The separator.</param>
    internal static List<string> Split(string path, char separator)
    {
        string[] parts = path.Split(separator);
        int first = parts.Length > 1 && parts[0].Length == 0 ? 1 : 0;
        var result = new List<string>(parts.Length) { parts[first] };
        for (int i = first + 1; i < parts.Length; i++)
        {
            if (result[^1].EndsWith('\\'))
            {
                result[^1] = $"{result[^1][..^1]}{separator}{parts[i]}";
            }
            else
            {
                result.Add(parts[i]);
            }
        }
        return result;
    }
}
