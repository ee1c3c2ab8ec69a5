using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Renders overlays and says in what the results differ. Safe for concurrent use.</summary>
/// <param name="before">Renders the first overlay of a pair.</param>
/// <param name="after">Renders the second; the same source where both are read from the same files.</param>
public sealed class OverlayComparer(OverlaySource before, OverlaySource after)
{
    /// <summary>Compares a pair.</summary>
    /// <param name="pair">The overlays.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>The objects that differ, in the order in which the second overlay has them; then those that are gone. Empty where the renderings are equal.</returns>
    /// <exception cref="KustomizeException">One of them cannot be rendered.</exception>
    public IReadOnlyList<ResourceChange> Compare(OverlayPair pair, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Resource> old = pair.Before is null ? [] : before.Build(pair.Before, cancellationToken).Resources;
        IReadOnlyList<Resource> fresh = pair.After is null ? [] : after.Build(pair.After, cancellationToken).Resources;
        NodeComparison comparison = new(SourceIn(pair.Before), SourceIn(pair.After));
        List<ResourceChange> changes = [];
        foreach ((Resource? left, Resource? right) in ResourcePairs.Of(old, fresh, pair.IsOtherOverlay))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<FieldChange> fields = left is not null && right is not null ? comparison.Compare(left, right) : [];
            if (left is null || right is null || fields.Count > 0)
            {
                changes.Add(Describe(pair, left, right, fields));
            }
        }

        return changes;
    }

    private ResourceChange Describe(OverlayPair pair, Resource? left, Resource? right, IReadOnlyList<FieldChange> fields)
    {
        OverlayTarget target = pair.Named;
        Resource shown = right ?? left!;
        return new ResourceChange
        {
            Overlay = target.RelativePath,
            Path = (pair.After is null ? before : after).WorkTreePathOf(target),
            Environment = target.Overlay?.Environment,
            Cluster = target.Overlay?.Cluster,
            Action = left is null ? ChangeAction.Added : right is null ? ChangeAction.Removed : ChangeAction.Changed,
            ApiVersion = shown.ApiVersion,
            Kind = shown.Kind,
            Namespace = shown.Namespace,
            Name = shown.Name,
            Fields = fields,
        };
    }

    /// <summary>Names places from the root of the overlay's repository, which is the same for a checkout of another revision.</summary>
    private static Func<SourcePosition, string?> SourceIn(OverlayTarget? target)
    {
        string? root = target?.Repository?.Root;
        return position =>
        {
            if (position.Line == 0)
            {
                return null;
            }

            string path = position.File.Path;
            bool isInside = root is not null && path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            return $"{(isInside ? path[(root!.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/') : path)}:{position.Line}:{position.Column}";
        };
    }
}
