using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Applies patches to objects with all that kustomize does around it: identities, what it remembers of an object, removal.</summary>
internal static class ResourcePatching
{
    /// <summary>The place of the one object that a strategic merge patch without a target names.</summary>
    /// <param name="resources">The objects.</param>
    /// <param name="patch">The patch.</param>
    /// <exception cref="KustomizeException">No object, or more than one, has or had the patch's id.</exception>
    public static int Find(ResourceMap resources, Resource patch)
    {
        IReadOnlyList<int> places = resources.IndexesOfAny(patch.OriginalId);
        return places.Count switch
        {
            1 => places[0],
            0 => throw new KustomizeException(
                DiagnosticIds.TargetNotFound,
                $"There is no {Describe(patch)} for this patch.",
                patch.Node.Position,
                "Correct apiVersion, kind, name and namespace of the patch, or choose objects with a target." + ResourceSuggestion.Sentence(resources.ToList(), patch.OriginalId)),
            _ => throw new KustomizeException(
                DiagnosticIds.AmbiguousTarget,
                $"{places.Count} objects are, or were, {Describe(patch)}: {string.Join(" and ", places.Select(place => $"{resources[place].Id.Describe()} ({resources[place].Node.Position})"))}.",
                patch.Node.Position,
                "Name the object as it is called now, or choose it with a target."),
        };
    }

    /// <summary>Applies a strategic merge patch to the objects at some places, and removes those of which nothing is left.</summary>
    /// <param name="resources">The objects.</param>
    /// <param name="places">Their places.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="adopts">Whether the patch takes on the type of each object, as it does where it is applied by a target.</param>
    /// <exception cref="KustomizeException">The patch does not fit an object.</exception>
    public static void Apply(ResourceMap resources, IReadOnlyList<int> places, Resource patch, bool adopts)
    {
        var removed = new HashSet<Resource>(ReferenceEqualityComparer.Instance);
        foreach (int place in places)
        {
            Resource target = resources[place];
            MappingNode node = adopts ? PatchAdoption.For(patch, target) : patch.Node;
            if (Apply(target, node, patch) is { } patched)
            {
                // The object's apiVersion is patched into it even where it has none.
                resources[place] = adopts && target.ApiVersion.Length == 0
                    ? patched.WithNode(patched.Node.With("apiVersion", EmptyVersion(target, patch)))
                    : patched;
            }
            else
            {
                removed.Add(target);
            }
        }
        if (removed.Count > 0)
        {
            resources.RemoveAll(removed.Contains);
        }
        if (adopts && (patch.AllowsNameChange || patch.AllowsKindChange))
        {
            RequireDistinctIds(resources, patch);
        }
    }

    /// <summary>Applies a JSON patch to an object.</summary>
    /// <param name="target">The object.</param>
    /// <param name="patch">The patch.</param>
    /// <exception cref="KustomizeException">The patch does not fit the object.</exception>
    public static Resource Apply(Resource target, JsonPatch6902 patch)
    {
        try
        {
            return BuildAnnotations.Apply(target, patch.Apply);
        }
        catch (KustomizeException problem)
        {
            throw new KustomizeException(
                [.. problem.Diagnostics.Select(reason => reason with
                {
                    Message = $"{target.Id.Describe()} ({target.Node.Position}): {reason.Message}",
                    Position = reason.Position.File == SourceFile.Generated ? target.Node.Position : reason.Position,
                })],
                problem);
        }
    }

    private static Resource? Apply(Resource target, MappingNode patch, Resource options)
    {
        Resource before = target;
        if (options.AllowsNameChange || options.AllowsKindChange)
        {
            before = target.WithStoredId();
            patch = WithNotedOptions(patch);
        }
        // The schema in force where the patch is written: a component may bring one for objects that were there before.
        if (StrategicMerge.Apply(target.Node, patch, options.Schema) is not { Count: > 0 } merged)
        {
            return null;
        }
        if (!options.AllowsKindChange)
        {
            merged = Restore(merged, "kind", target.Node["kind"]);
        }
        var oldMetadata = target.Node["metadata"] as MappingNode;
        MappingNode metadata = merged["metadata"] as MappingNode ?? MappingNode.Empty;
        if (!options.AllowsNameChange)
        {
            metadata = Restore(metadata, "name", oldMetadata?["name"]);
        }
        metadata = target.Namespace.Length > 0 ? Restore(metadata, "namespace", oldMetadata?["namespace"]) : metadata.Without("namespace");
        merged = metadata.Count > 0 || merged["metadata"] is not null ? merged.With("metadata", metadata) : merged;
        return ClearsAnnotations(patch) ? Forget(before, merged) : before.WithNode(merged);
    }

    // kustomize notes the options among the patch's annotations, all of which it writes again then, as text: a null removes nothing.
    private static MappingNode WithNotedOptions(MappingNode patch)
    {
        patch = Resource.WithRoomForNotes(patch);
        return patch["metadata"] is MappingNode metadata && metadata["annotations"] is MappingNode annotations
            ? patch.With("metadata", metadata.With("annotations", AnnotationStrings.Of(annotations)))
            : patch;
    }

    // Written like the version that it takes the place of; in quotes it is an empty string.
    private static ScalarNode EmptyVersion(Resource target, Resource patch)
    {
        ScalarStyle style = ((target.Node.First("apiVersion") ?? patch.Node.First("apiVersion")) as ScalarNode)?.Style ?? ScalarStyle.Plain;
        return new ScalarNode("", style == ScalarStyle.Plain ? ScalarTags.Null : ScalarTags.String, style, patch.Node.Position);
    }

    // What the merge left decides on the quotes, and without quotes the text on what it stands for.
    private static MappingNode Restore(MappingNode mapping, string key, YamlNode? value) =>
        value is null ? mapping
        : mapping.With(key, value is ScalarNode scalar && mapping[key] is ScalarNode { Style: ScalarStyle.Plain } ? scalar.SetAnew() : value);

    /// <summary>A changed object without what kustomize remembers in the annotations that it had; only variables are kept elsewhere.</summary>
    /// <param name="before">The object.</param>
    /// <param name="node">The changed tree.</param>
    internal static Resource Forget(Resource before, MappingNode node) =>
        before.VariableNames.Aggregate(new Resource(node, before.Schema), (resource, name) => resource.WithVariable(name));

    private static bool ClearsAnnotations(MappingNode patch)
    {
        return Directive(patch) != "replace"
            && patch["metadata"] is { } metadata
            && (Clears(metadata) || ((metadata as MappingNode)?["annotations"] is { } annotations && Clears(annotations)));

        static bool Clears(YamlNode node) => node.IsNull || Directive(node) is "replace" or "delete";

        static string? Directive(YamlNode node) => ((node as MappingNode)?["$patch"] as ScalarNode)?.Value;
    }

    private static void RequireDistinctIds(ResourceMap resources, Resource patch)
    {
        if (resources.FindTwins() is var (one, other))
        {
            throw new KustomizeException(
                DiagnosticIds.DuplicateResource,
                $"The patch makes two objects {other.Id.Describe()}: {one.Node.Position} and {other.Node.Position}.",
                patch.Node.Position,
                "Let the target choose one object only, or patch in another name or kind.");
        }
    }

    private static string Describe(Resource patch) => $"{patch.OriginalId.Describe()} ({patch.ApiVersion})";
}
