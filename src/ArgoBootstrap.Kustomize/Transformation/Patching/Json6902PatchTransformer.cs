using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Applies an entry of <c>patchesJson6902</c> (kustomize: PatchJson6902Transformer).</summary>
public sealed class Json6902PatchTransformer : IRemarkingTransformer
{
    private readonly List<Diagnostic> _remarks = [];
    private readonly JsonPatch6902 _patch;
    private readonly TargetSelector _target;

    /// <summary>Makes a transformer.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="target">Chooses the objects; it must have a name.</param>
    /// <exception cref="KustomizeException">The patch is empty, or the target has no name.</exception>
    public Json6902PatchTransformer(JsonPatch6902 patch, TargetSelector target)
    {
        if (target.Name.Length == 0)
        {
            throw new KustomizeException(DiagnosticIds.MissingField, "The target of an entry of patchesJson6902 has no name.", target.Position, "Add the name, or move the entry to patches.");
        }
        if (patch.Count == 0)
        {
            throw new KustomizeException(DiagnosticIds.InvalidPatch, "The JSON patch is empty.", new SourcePosition(patch.File, 1, 1), "Add operations, or remove the entry.");
        }
        _patch = patch;
        _target = target;
    }

    /// <inheritdoc/>
    IReadOnlyList<Diagnostic> IRemarkingTransformer.Remarks => _remarks;

    /// <inheritdoc/>
    /// <exception cref="KustomizeException">The patch does not fit an object.</exception>
    public void Transform(ResourceMap resources)
    {
        IReadOnlyList<int> places = _target.Select(resources);
        if (places.Count == 0)
        {
            _remarks.Add(_target.ChoosesNothing(resources));
        }
        foreach (int place in places)
        {
            resources[place] = ResourcePatching.Apply(resources[place], _patch);
        }
    }
}
