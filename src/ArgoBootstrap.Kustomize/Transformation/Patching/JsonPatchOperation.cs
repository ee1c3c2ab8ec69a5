using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>One operation of a JSON patch.</summary>
/// <param name="Index">Place in the patch, from 0.</param>
/// <param name="Name">What to do: <c>add</c>, <c>remove</c>, <c>replace</c>, <c>move</c>, <c>copy</c> or <c>test</c>; null when not said.</param>
/// <param name="Path">JSON pointer to what is changed; null when not said.</param>
/// <param name="From">JSON pointer to what is moved or copied; null when not said.</param>
/// <param name="Value">The value; null when not said.</param>
/// <param name="Position">Where the operation is written.</param>
internal sealed record JsonPatchOperation(int Index, string? Name, string? Path, string? From, YamlNode? Value, SourcePosition Position)
{
    /// <summary>How messages name the operation.</summary>
    public override string ToString() => $"operation {Index + 1} ({Name ?? "without op"}{(Path is null ? "" : " " + Path)})";
}
