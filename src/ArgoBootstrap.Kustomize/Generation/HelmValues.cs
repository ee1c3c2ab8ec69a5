using System.Buffers;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Brings the values of a file and those given in place together, as <c>valuesMerge</c> says.</summary>
internal static class HelmValues
{
    private const string Directive = "$patch";

    /// <summary>The values given in place as they are after kustomize has read them: by YAML 1.1, numbers as 64 bit floating point.</summary>
    /// <param name="values">The values as written.</param>
    public static MappingNode Inline(MappingNode values) => (MappingNode)JsonForm.RoundTrip(Yaml11.ToJson(values));

    /// <summary>Lays values over others: mappings are merged, everything else is replaced, null takes a value away.</summary>
    /// <param name="under">The values below.</param>
    /// <param name="over">The values on top.</param>
    /// <exception cref="KustomizeException">A mapping meets something else than a mapping, or a list something else than a list.</exception>
    public static MappingNode Merge(MappingNode under, MappingNode over) => Merge(under, (YamlNode)over) as MappingNode ?? MappingNode.Empty;

    /// <summary>Values as the text of a file.</summary>
    /// <param name="values">The values.</param>
    public static byte[] Write(MappingNode values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanonicalYamlWriter.Write(values, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What comes of a value when another is laid over it; null when nothing is left.</summary>
    private static YamlNode? Merge(YamlNode? under, YamlNode? over)
    {
        bool hasUnder = under is { IsNull: false };
        bool hasOver = over is { IsNull: false };
        if (hasUnder && hasOver && under!.GetType() != over!.GetType())
        {
            throw new KustomizeException(
                DiagnosticIds.WrongType, $"A {under.KindName} and a {over.KindName} cannot be merged: values of a chart and values given in place must be of the same kind.", over.Position,
                "Give both the same kind, or use valuesMerge: replace.");
        }
        switch (hasUnder ? under : over)
        {
            case MappingNode when hasOver && over is MappingNode top:
                string directive = top[Directive] is ScalarNode scalar ? scalar.Value : "";
                top = top.Without(Directive);
                return directive switch
                {
                    "delete" => null,
                    "replace" when hasUnder => top,
                    "" or "merge" or "replace" => Fields(hasUnder ? (MappingNode)under! : top, top),
                    _ => throw new KustomizeException(DiagnosticIds.InvalidValue, $"'{directive}' is no directive.", top.Position, "Use delete, replace or merge."),
                };
            case MappingNode bottom:
                return over is not null ? null : Fields(bottom, null);
            case SequenceNode or ScalarNode when hasUnder || hasOver:
                return over is null ? under : hasOver ? over : null;
            default:
                // A null that is written out survives where nothing is said about it.
                return over is null && under is ScalarNode { Value.Length: > 0 } ? under : null;
        }
    }

    private static MappingNode Fields(MappingNode under, MappingNode? over)
    {
        var entries = new List<MappingEntry>(under.Count);
        foreach (MappingEntry entry in under.Entries)
        {
            if (Merge(entry.Value, over?[entry.Key.Value]) is YamlNode value)
            {
                entries.Add(new MappingEntry(entry.Key, value));
            }
        }
        if (over is not null)
        {
            foreach (MappingEntry entry in over.Entries)
            {
                if (under.IndexOf(entry.Key.Value) < 0 && Merge(null, entry.Value) is YamlNode value)
                {
                    entries.Add(new MappingEntry(entry.Key, value));
                }
            }
        }
        return under.WithEntries([.. entries]);
    }
}
