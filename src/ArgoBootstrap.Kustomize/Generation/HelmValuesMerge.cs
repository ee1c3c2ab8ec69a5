using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>
/// Lays values over others as kustomize does: mappings are merged, everything else is replaced, null takes a value away. Its
/// merge (kyaml's merge2) does not follow aliases: a key whose value is one is lost, and so is <c>&lt;&lt;: *anchor</c>, while
/// aliases within lists survive.
/// </summary>
/// <param name="isFileOnTop">Whether the values of the file are those laid on top. What kustomize takes over of them it changes in place, which aliases in lists see.</param>
internal sealed class HelmValuesMerge(bool isFileOnTop)
{
    private const string Directive = "$patch";
    private readonly Dictionary<YamlNode, YamlNode> _changed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The aliases that are lost, in the order in which they are found.</summary>
    public List<SourcePosition> Dropped { get; } = [];

    /// <summary>Lays values over others.</summary>
    /// <param name="under">The values below, with aliases and merge keys as written.</param>
    /// <param name="over">The values on top, with aliases and merge keys as written.</param>
    /// <returns>The values, with every alias and merge key that survives expanded.</returns>
    /// <exception cref="KustomizeException">A mapping meets something else than a mapping, or a list something else than a list.</exception>
    public MappingNode Apply(MappingNode under, MappingNode over) => Merge(under, over) is MappingNode merged ? (MappingNode)Expanded(merged) : MappingNode.Empty;

    /// <summary>What comes of a value when another is laid over it; null when nothing is left.</summary>
    private YamlNode? Merge(YamlNode? under, YamlNode? over)
    {
        bool hasUnder = under is { IsNull: false };
        bool hasOver = over is { IsNull: false };
        if ((hasUnder ? under : hasOver ? over : null) is AliasNode alias)
        {
            Dropped.Add(alias.Position);
            return null;
        }
        if (hasUnder && hasOver && under!.GetType() != over!.GetType())
        {
            throw CannotMerge(under, over);
        }
        switch (hasUnder ? under : over)
        {
            case MappingNode when hasOver && over is MappingNode top:
                return MergeMapping(hasUnder ? (MappingNode)under! : null, top);
            case MappingNode bottom:
                return over is not null ? null : Fields(bottom, null);
            case SequenceNode or ScalarNode when hasUnder || hasOver:
                return over is null ? under : hasOver ? over : null;
            default:
                // A null that is written out survives where nothing is said about it.
                return over is null && under is ScalarNode { Value.Length: > 0 } ? under : null;
        }
    }

    private MappingNode? MergeMapping(MappingNode? under, MappingNode over)
    {
        string directive = over[Directive] is ScalarNode scalar ? scalar.Value : "";
        MappingNode top = over.Without(Directive);
        switch (directive)
        {
            case "delete":
                return null;
            case "replace" when under is not null:
                return top;
            case "" or "merge" or "replace":
                MappingNode merged = Fields(under ?? top, top);
                if (isFileOnTop && (under is null || ReferenceEquals(under, over)))
                {
                    _changed[over] = merged;
                }
                return merged;
            default:
                throw new KustomizeException(DiagnosticIds.InvalidValue, $"'{directive}' is not a valid $patch directive.", top.Position, "Use delete, replace or merge.");
        }
    }

    private MappingNode Fields(MappingNode under, MappingNode? over)
    {
        var entries = new List<MappingEntry>(under.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (MappingEntry entry in under.Entries)
        {
            // Of a key that occurs twice kustomize looks at the first; the other one stays, and is refused when all is written.
            if (!seen.Add(entry.Key.Value))
            {
                entries.Add(entry);
            }
            else if (Merge(entry.Value, ReferenceEquals(under, over) ? entry.Value : over?.First(entry.Key.Value)) is YamlNode value)
            {
                entries.Add(new MappingEntry(entry.Key, value));
            }
        }
        if (over is not null && !ReferenceEquals(under, over))
        {
            foreach (MappingEntry entry in over.Entries)
            {
                if (seen.Add(entry.Key.Value) && Merge(null, entry.Value) is YamlNode value)
                {
                    entries.Add(new MappingEntry(entry.Key, value));
                }
            }
        }
        return under.WithEntries([.. entries]);
    }

    private YamlNode Expanded(YamlNode node)
    {
        switch (node)
        {
            case AliasNode alias:
                return Expanded(_changed.GetValueOrDefault(alias.Target) ?? alias.Target);
            case SequenceNode sequence:
                return sequence.WithItems([.. sequence.Items.ToArray().Select(Expanded)]);
            case MappingNode mapping:
                MappingEntry[] entries = [.. mapping.Entries.ToArray().Select(e => new MappingEntry(e.Key, Expanded(e.Value)))];
                return mapping.WithEntries(Merges.HasMergeKey(entries, inQuotes: false) ? Merges.Expand(entries, static _ => { }) : entries);
            default:
                return node;
        }
    }

    private static KustomizeException CannotMerge(YamlNode under, YamlNode over)
    {
        const string Remedy = "Give both the same kind, or use valuesMerge: replace.";
        return under is AliasNode || over is AliasNode
            ? new KustomizeException(
                DiagnosticIds.WrongType, "kustomize cannot merge an alias with values given in place.", (over as AliasNode ?? under).Position,
                "Write the values out where the alias is, or use valuesMerge: override or replace.")
            : new KustomizeException(
                DiagnosticIds.WrongType, $"A {under.KindName} and a {over.KindName} cannot be merged: values of a chart and values given in place must be of the same kind.", over.Position, Remedy);
    }
}
