using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>The content of a patch: strategic merge patches, or one JSON patch, or nothing. Immutable.</summary>
/// <param name="File">The file or inline text that holds it.</param>
/// <param name="StrategicMerge">Strategic merge patches; none when it is a JSON patch.</param>
/// <param name="Json">The JSON patch, or null.</param>
public sealed record ParsedPatch(SourceFile File, ImmutableArray<Resource> StrategicMerge, JsonPatch6902? Json)
{
    /// <summary>Where the patch begins.</summary>
    public SourcePosition Position => StrategicMerge.IsEmpty ? new SourcePosition(File, 1, 1) : StrategicMerge[0].Node.Position;
}
