using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>A field of some types of object, as transformer configurations name it.</summary>
/// <param name="Type">Types that have it; empty parts stand for anything.</param>
/// <param name="Path">Segments separated by <c>/</c>; <c>\/</c> stands for a slash, <c>[]</c> after a segment for a list.</param>
/// <param name="CreateIfNotPresent">Whether the field is made where it is missing.</param>
public sealed record FieldSpec(GroupVersionKind Type, string Path, bool CreateIfNotPresent = false)
{
    private string[]? _segments;

    /// <summary>The segments of <see cref="Path"/>.</summary>
    internal string[] Segments => _segments ??= Split(Path);

    /// <summary>Splits a path at slashes that are not escaped.</summary>
    /// <param name="path">The path.</param>
    internal static string[] Split(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal))
        {
            return path.Split('/');
        }
        const char Escaped = '\u0001';
        return [.. path.Replace(@"\/", Escaped.ToString(), StringComparison.Ordinal).Split('/').Select(s => s.Replace(Escaped, '/'))];
    }
}
