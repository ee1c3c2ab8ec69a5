using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// Merges a strategic merge patch into an object as kustomize does (kyaml: merge2, walk): mappings key by key, lists by
/// their merge keys where the schema has some, with items of the patch first; everything else is replaced. Whatever the
/// patch leaves alone is shared with the object.
/// </summary>
public static class StrategicMerge
{
    private const string DirectiveKey = "$patch";

    // Shorter lists are searched faster than indexed.
    private const int IndexThreshold = 16;

    /// <summary>Applies a patch.</summary>
    /// <param name="target">The object.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="schema">Says how lists merge.</param>
    /// <returns>The patched object; null when the patch deletes it.</returns>
    /// <exception cref="KustomizeException">The patch does not fit the object.</exception>
    public static MappingNode? Apply(MappingNode target, MappingNode patch, KubernetesSchema schema)
    {
        var draft = MergeDraft.Of(target);
        var shared = new SharedScalars();
        MergeDraft? result = new Walk(schema, shared).Merge(draft, MergeDraft.Of(WithoutNullKeys(patch)), null);
        // kustomize changes the object in place and looks only at whether there is a result, so a patch that says
        // "$patch: replace" at its top changes nothing.
        return result is null ? null : shared.Spread((MappingNode)draft.ToNode());
    }

    // kustomize loses them where it takes the object as a Go map of strings.
    private static MappingNode WithoutNullKeys(MappingNode patch) => patch.Entries.ToArray().Any(e => e.Key is { IsNull: true, Value.Length: > 0 })
        ? patch.WithEntries([.. patch.Entries.ToArray().Where(e => e.Key is not { IsNull: true, Value.Length: > 0 })])
        : patch;

    private readonly struct Walk(KubernetesSchema schema, SharedScalars shared)
    {
        /// <summary>Merges one value of a patch into one of an object; either may be missing.</summary>
        public MergeDraft? Merge(MergeDraft? target, MergeDraft? patch, SchemaNode? known)
        {
            known ??= TypeOf(target) ?? TypeOf(patch);
            if (patch is null && target?.Untouched is { } whole && UntouchedTree.StaysAsIs(whole, known, schema))
            {
                return target;
            }
            MergeDraft? first = target is { IsNull: false } ? target : patch is { IsNull: false } ? patch : null;
            RequireSameKind(first, patch);
            if (first is null || first.IsMapping)
            {
                return MergeMappings(target, patch, known);
            }
            if (first.IsSequence && known is { MergesItems: true })
            {
                MergeDraft? list = StartList(target, patch);
                return list is null ? null : MergeItems(list, patch, known);
            }
            return patch ?? target;
        }

        private MergeDraft? MergeMappings(MergeDraft? target, MergeDraft? patch, SchemaNode? known)
        {
            MergeDraft? result = StartMapping(target, patch);
            if (result is not { IsMapping: true })
            {
                return result;
            }
            // A patch that was added as a whole is merged with itself, which applies the nulls and directives in it.
            List<ScalarNode> keys = [.. result.Keys()];
            if (patch is { IsMapping: true } && !ReferenceEquals(patch, result))
            {
                keys.AddRange(patch.Keys().Where(key => result[key.Value] is null).ToArray());
            }
            foreach (ScalarNode key in keys)
            {
                RequireName(key);
                SchemaNode? field = (Commented(result, key.Value) ?? Commented(patch, key.Value)) is { } comment ? schema.FromComment(comment) : known?.Field(key.Value);
                ScalarNode? before = result[key.Value]?.Scalar;
                result.Set(key, Merge(result[key.Value], patch?[key.Value], field));
                if (before is { IsShared: true } && result[key.Value] is { Scalar: { } after } value)
                {
                    value.Share(shared.Set(before, after));
                }
            }
            return result;
        }

        /// <summary>The schema that a comment beside the key gives, or null.</summary>
        private static MappingNode? Commented(MergeDraft? draft, string key) => draft?.KeyOf(key)?.Schema;

        /// <summary>The mapping that the keys of both are merged into, or what stands in its place.</summary>
        private static MergeDraft? StartMapping(MergeDraft? target, MergeDraft? patch)
        {
            if (target is null or { IsNull: true })
            {
                if (TakeMappingDirective(patch) == MergeDirective.Delete)
                {
                    return null;
                }
                return patch is null && target is { Scalar: { Value.Length: > 0 } written } ? MergeDraft.KeptNull(written) : patch;
            }
            if (patch is { IsNull: true })
            {
                return null;
            }
            MergeDirective directive = TakeMappingDirective(patch);
            RequireKnown(directive, patch);
            return directive switch
            {
                MergeDirective.Delete => null,
                MergeDirective.Replace => patch,
                _ => target,
            };
        }

        private static MergeDraft? StartList(MergeDraft? target, MergeDraft? patch)
        {
            if (target is null or { IsNull: true })
            {
                return patch;
            }
            if (patch is null)
            {
                return target;
            }
            if (patch.IsNull)
            {
                return null;
            }
            MergeDirective directive = TakeListDirective(patch);
            return directive switch
            {
                MergeDirective.Delete => null,
                MergeDirective.Replace => patch,
                _ => target,
            };
        }

        private MergeDraft MergeItems(MergeDraft list, MergeDraft? patch, SchemaNode known)
        {
            var plan = MergeListPlan.Of(list, patch, known.MergeKeys);
            var merged = MergeDraft.SequenceInPlaceOf(list);
            SchemaNode? elements = known.Elements;
            List<string>? keys = null;
            if (plan.Combinations.Count >= IndexThreshold
                && plan.KeysInUse(plan.Combinations[0]).Keys is { } inUse
                && MergeListIndex.Of(list, inUse) is { } ownIndex
                && MergeListIndex.Of(patch, inUse) is { } patchIndex)
            {
                MergeIndexed(merged, list, ownIndex, patchIndex, plan, inUse, elements);
                return merged;
            }
            foreach (string[] combination in plan.Combinations)
            {
                (keys, List<string> values) = plan.KeysInUse(combination);
                (List<string> ownKeys, List<string> ownValues) = MergeListPlan.KeysOf(keys, values);
                MergeDraft? item = Merge(
                    MergeListElements.Find(list, ownKeys, ownValues),
                    MergeListElements.Find(patch, ownKeys, ownValues),
                    elements);
                if (item is null || item.IsNull || item.IsEmptyMapping)
                {
                    MergeListElements.Set(list, null, keys, values);
                    continue;
                }
                for (int i = 0; i < keys.Count && item.IsMapping; i++)
                {
                    if (values[i].Length > 0 && item[keys[i]] is null)
                    {
                        item.Set(ScalarNode.String(keys[i]), MergeDraft.Of(ScalarNode.String(values[i])));
                    }
                }
                MergeListElements.Set(merged, item, keys, values);
            }
            if (keys is null)
            {
                return list;
            }
            // The object's own items come last; each takes the place of the item that it was merged into.
            MergeListElements.Append(merged, list, keys);
            return merged;
        }

        /// <summary>The same as the general way, for long lists whose items are told apart by their keys without doubt.</summary>
        private void MergeIndexed(MergeDraft merged, MergeDraft list, MergeListIndex own, MergeListIndex patched, MergeListPlan plan, List<string> keys, SchemaNode? elements)
        {
            var order = new List<MergeDraft?>(plan.Combinations.Count);
            var places = new Dictionary<string, int>(plan.Combinations.Count, StringComparer.Ordinal);
            foreach (string[] combination in plan.Combinations)
            {
                string identity = MergeListIndex.Join(plan.KeysInUse(combination).Values);
                MergeDraft? item = Merge(own.Find(identity), patched.Find(identity), elements);
                if (item is { IsNull: false, IsEmptyMapping: false })
                {
                    places.Add(identity, order.Count);
                    order.Add(item);
                }
            }
            // The object's own items take the place of what they were merged into; with several keys they all come last.
            foreach (MergeDraft item in list.Items)
            {
                string? identity = MergeListIndex.Identity(item, keys);
                if (identity is null || !places.TryGetValue(identity, out int place))
                {
                    continue;
                }
                if (keys.Count == 1)
                {
                    order[place] = item;
                    continue;
                }
                order[place] = null;
                order.Add(item);
            }
            merged.Items.AddRange(order.OfType<MergeDraft>());
        }

        /// <summary>An object within an object is merged by its own type where the outer schema ends.</summary>
        private SchemaNode? TypeOf(MergeDraft? draft)
        {
            if (draft?.Untouched is { } node)
            {
                return UntouchedTree.TypeOf(node, schema);
            }
            return draft is { IsMapping: true } && draft["kind"] is { Text.Length: > 0, IsNull: false } kind && draft["apiVersion"] is { Text.Length: > 0, IsNull: false } version
                ? schema.ForResource(GroupVersionKind.Parse(version.Text, kind.Text))
                : null;
        }

        /// <summary>What a mapping of a patch says with <c>$patch</c>; the key is removed.</summary>
        private static MergeDirective TakeMappingDirective(MergeDraft? patch)
        {
            if (patch is not { IsMapping: true } || patch[DirectiveKey] is not { } said)
            {
                return MergeDirective.Merge;
            }
            MergeDirective directive = Parse(said.Text);
            if (directive != MergeDirective.Unknown)
            {
                patch.Remove(DirectiveKey);
            }
            return directive;
        }

        /// <summary>What a list of a patch says with an item that has <c>$patch</c> alone; all such items are removed.</summary>
        private static MergeDirective TakeListDirective(MergeDraft patch)
        {
            MergeDraft? item = patch.Items.Find(item => item.IsMapping && item[DirectiveKey] is not null);
            if (item is null || item.Keys().Skip(1).Any())
            {
                return MergeDirective.Merge;
            }
            string said = item[DirectiveKey]!.Text;
            MergeDirective directive = Parse(said);
            RequireKnown(directive, item);
            MergeListElements.Set(patch, null, [DirectiveKey], [said]);
            return directive;
        }

        private static MergeDirective Parse(string text) => text switch
        {
            "delete" => MergeDirective.Delete,
            "replace" => MergeDirective.Replace,
            "merge" => MergeDirective.Merge,
            _ => MergeDirective.Unknown,
        };

        private static void RequireKnown(MergeDirective directive, MergeDraft? patch)
        {
            if (directive == MergeDirective.Unknown)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidPatch,
                    $"The patch directive '{patch![DirectiveKey]!.Text}' does not exist.",
                    patch[DirectiveKey]!.Position,
                    "Use delete, replace or merge as the value of $patch.");
            }
        }

        private static void RequireName(ScalarNode key)
        {
            if (key.Value.Length == 0)
            {
                throw new KustomizeException(DiagnosticIds.InvalidKey, "A strategic merge patch cannot be applied where a key is empty.", key.Position, "Give the key a name, or use a JSON 6902 patch.");
            }
        }

        private static void RequireSameKind(MergeDraft? target, MergeDraft? patch)
        {
            if (target is not null && patch is { IsNull: false } && target.KindName != patch.KindName)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidPatch,
                    $"The patch has a {patch.KindName} where the object has a {target.KindName} ({target.Position}).",
                    patch.Position,
                    $"Make it a {target.KindName} in the patch, or remove the field with null first.");
            }
        }
    }
}
