using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Says which objects of two renderings are the same one.</summary>
internal static class ResourcePairs
{
    /// <summary>Two objects that are the same one, or one that only one rendering has.</summary>
    /// <param name="Before">The object of the first rendering.</param>
    /// <param name="After">The object of the second rendering.</param>
    public readonly record struct Pair(Resource? Before, Resource? After);

    /// <summary>
    /// Pairs the objects: by kind, namespace and name; then generated ones whose name differs in its hash alone; then, for two
    /// overlays that name the same things differently, by the names that the objects were loaded with.
    /// </summary>
    /// <param name="before">The first rendering.</param>
    /// <param name="after">The second rendering.</param>
    /// <param name="isOtherOverlay">Whether the renderings are of two overlays. Of one overlay, an object under another name is another object.</param>
    /// <returns>The pairs in the order of the second rendering; then what only the first has.</returns>
    public static IReadOnlyList<Pair> Of(IReadOnlyList<Resource> before, IReadOnlyList<Resource> after, bool isOtherOverlay)
    {
        var partners = new Dictionary<Resource, Resource>(ReferenceEqualityComparer.Instance);
        List<Resource> left = [.. before];
        List<Resource> right = [.. after];
        Match(left, right, partners, r => (Kind(r), r.Name, r.Id.EffectiveNamespace));
        Match(left, right, partners, r => (Kind(r), NameWithoutHash(r), r.Id.EffectiveNamespace));
        if (isOtherOverlay)
        {
            Match(left, right, partners, r => (Kind(r), r.Name, ""));
            Match(left, right, partners, r => (Kind(r), r.OriginalId.Name, ""));
        }

        return [.. after.Select(r => new Pair(partners.GetValueOrDefault(r), r)), .. left.Select(r => new Pair(r, null))];
    }

    /// <summary>Pairs what a key tells apart on both sides, and takes it out of the lists.</summary>
    private static void Match(List<Resource> left, List<Resource> right, Dictionary<Resource, Resource> partners, Func<Resource, (string Kind, string Name, string Namespace)> key)
    {
        ILookup<(string Kind, string Name, string Namespace), Resource> waiting = left.ToLookup(key);
        var found = new HashSet<Resource>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<(string Kind, string Name, string Namespace), Resource> group in right.GroupBy(key))
        {
            if (waiting[group.Key].Count() == 1 && group.Count() == 1)
            {
                Resource partner = waiting[group.Key].Single();
                partners[group.Single()] = partner;
                found.Add(partner);
                found.Add(group.Single());
            }
        }

        left.RemoveAll(found.Contains);
        right.RemoveAll(found.Contains);
    }

    /// <summary>Group and kind: an object under another version of its API is the same object.</summary>
    private static string Kind(Resource resource) => $"{resource.Id.Type.Group}/{resource.Id.Type.Kind}";

    /// <summary>A generated object's name before the hash of its content was appended: the last that it had.</summary>
    private static string NameWithoutHash(Resource resource) =>
        resource.NeedsHash && !resource.PreviousIds.IsEmpty ? resource.PreviousIds[^1].Name : resource.Name;
}
