using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// The annotations in which kustomize remembers what it did to an object. Files that went through one of its functions can
/// hold them; they count as if this build had done it.
/// </summary>
internal static class BuildNotes
{
    private const string Domain = "internal.config.kubernetes.io/";

    /// <summary>Takes the notes out of an object's tree and remembers them beside it.</summary>
    /// <param name="resource">The object as it was read.</param>
    public static Resource TakeFrom(Resource resource)
    {
        if (resource.Node["metadata"] is not MappingNode metadata || metadata["annotations"] is not MappingNode annotations || !HasNotes(annotations))
        {
            return resource;
        }
        string[] names = Take("previousNames");
        string[] namespaces = Take("previousNamespaces");
        string[] kinds = Take("previousKinds");
        string[] prefixes = Take("prefixes");
        string[] suffixes = Take("suffixes");
        GenerationBehavior behavior = Take("generatorBehavior") switch
        {
            ["create"] => GenerationBehavior.Create,
            ["replace"] => GenerationBehavior.Replace,
            ["merge"] => GenerationBehavior.Merge,
            [] => GenerationBehavior.None,
            _ => GenerationBehavior.Unspecified,
        };
        bool needsHash = IsEnabled("needsHashSuffix");
        bool allowsNameChange = IsEnabled("allowNameChange");
        bool allowsKindChange = IsEnabled("allowKindChange");
        var type = resource.Id.Type;
        // kustomize refuses lists of different lengths; what has no counterpart is passed over here.
        var ids = Enumerable.Range(0, Math.Min(names.Length, Math.Min(namespaces.Length, kinds.Length)))
            .Select(i => new ResourceId(type with { Kind = kinds[i] }, names[i], namespaces[i]))
            .ToImmutableArray();
        resource = new Resource(resource.WithNode(resource.Node.With("metadata", metadata.With("annotations", annotations))).Node, resource.Schema)
        {
            Behavior = behavior,
            NeedsHash = needsHash,
            AllowsNameChange = allowsNameChange,
            AllowsKindChange = allowsKindChange,
        }.WithPreviousIds(ids);
        resource = prefixes.Aggregate(resource, (r, prefix) => r.WithNamePrefix(prefix));
        return suffixes.Aggregate(resource, (r, suffix) => r.WithNameSuffix(suffix));

        string[] Take(string note)
        {
            string text = (annotations[Domain + note] as ScalarNode)?.Value ?? "";
            annotations = annotations.Without(Domain + note);
            return text.Length == 0 ? [] : text.Split(',');
        }

        bool IsEnabled(string note) => Take(note) is ["enabled"];
    }

    private static bool HasNotes(MappingNode annotations)
    {
        foreach (MappingEntry entry in annotations.Entries)
        {
            if (entry.Key.Value.StartsWith(Domain, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
