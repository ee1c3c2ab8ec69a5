using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Applies an entry of <c>patches</c> (kustomize: PatchTransformer): strategic merge patches, or a JSON patch with a target.</summary>
public sealed class PatchTransformer : IRemarkingTransformer
{
    private readonly List<Diagnostic> _remarks = [];
    private readonly ParsedPatch _patch;
    private readonly TargetSelector? _target;
    private readonly Resource[] _strategicMerge;

    /// <summary>Makes a transformer.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="target">Chooses the objects; null when strategic merge patches name them.</param>
    /// <param name="allowNameChange">Whether a strategic merge patch may rename its object (<c>options.allowNameChange</c>).</param>
    /// <param name="allowKindChange">Whether a strategic merge patch may change its object's kind (<c>options.allowKindChange</c>).</param>
    public PatchTransformer(ParsedPatch patch, TargetSelector? target, bool allowNameChange = false, bool allowKindChange = false)
    {
        _patch = patch;
        _target = target;
        _strategicMerge = [.. patch.StrategicMerge.Select(merge => new Resource(merge.Node, merge.Schema) { AllowsNameChange = allowNameChange, AllowsKindChange = allowKindChange })];
    }

    /// <inheritdoc/>
    IReadOnlyList<Diagnostic> IRemarkingTransformer.Remarks => _remarks;

    /// <inheritdoc/>
    /// <exception cref="KustomizeException">The patch names no object or several, or does not fit one.</exception>
    public void Transform(ResourceMap resources)
    {
        if (_strategicMerge.Length > 0)
        {
            ApplyStrategicMerge(resources);
        }
        else if (_patch.Json is { } json)
        {
            ApplyJson(resources, json);
        }
    }

    private void ApplyStrategicMerge(ResourceMap resources)
    {
        if (_target is null)
        {
            foreach (Resource patch in _strategicMerge)
            {
                ResourcePatching.Apply(resources, [ResourcePatching.Find(resources, patch)], patch, adopts: false);
            }
            return;
        }
        if (_strategicMerge.Length > 1)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidPatch,
                $"The patch has {_strategicMerge.Length} documents and a target, which can only be used with one.",
                _strategicMerge[1].Node.Position,
                "Give each document an entry of its own under patches, or remove the target.");
        }
        ResourcePatching.Apply(resources, Choose(resources, _target), _strategicMerge[0], adopts: true);
    }

    private void ApplyJson(ResourceMap resources, JsonPatch6902 json)
    {
        if (_target is null)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidPatch,
                "A JSON patch needs a target.",
                _patch.Position,
                "Add target to the entry under patches, with kind and name of the object.");
        }
        foreach (int place in Choose(resources, _target))
        {
            resources[place] = ResourcePatching.Apply(resources[place].WithStoredId(), json);
        }
    }

    private IReadOnlyList<int> Choose(ResourceMap resources, TargetSelector target)
    {
        IReadOnlyList<int> places = target.Select(resources);
        if (places.Count == 0)
        {
            _remarks.Add(target.ChoosesNothing(resources));
        }
        return places;
    }
}
