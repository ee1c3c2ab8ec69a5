using System.Buffers;
using System.Text;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Compares two rendered objects field by field. Subtrees that both share are not looked at.</summary>
/// <param name="sourceBefore">Says where a node of the first object was read; null for nodes that no file holds.</param>
/// <param name="sourceAfter">Says the same for the second.</param>
internal sealed class NodeComparison(Func<SourcePosition, string?> sourceBefore, Func<SourcePosition, string?> sourceAfter)
{
    private readonly List<FieldChange> _changes = [];
    private readonly SecretMasker _masker = new();

    /// <summary>The fields that differ.</summary>
    /// <param name="before">The first object.</param>
    /// <param name="after">The second object.</param>
    public IReadOnlyList<FieldChange> Compare(Resource before, Resource after)
    {
        _changes.Clear();
        Walk(before.Node, after.Node, "", before.Kind == "Secret" || after.Kind == "Secret" ? "secret" : "", false);
        return [.. _changes];
    }

    /// <param name="before">The first node.</param>
    /// <param name="after">The second node.</param>
    /// <param name="path">Where they are.</param>
    /// <param name="key">The key that they are the value of; a Secret's own is <c>secret</c>.</param>
    /// <param name="isSecret">Whether the field holds a secret.</param>
    private void Walk(YamlNode? before, YamlNode? after, string path, string key, bool isSecret)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        switch (before, after)
        {
            case (MappingNode left, MappingNode right):
                WalkMappings(left, right, path, key, isSecret);
                break;
            case (SequenceNode left, SequenceNode right):
                WalkLists(left, right, path, isSecret);
                break;
            default:
                string? old = before is null ? null : TextOf(before);
                string? fresh = after is null ? null : TextOf(after);
                if (old != fresh)
                {
                    Add(path, Shown(before, key, isSecret), Shown(after, key, isSecret), before, after);
                }

                break;
        }
    }

    private void WalkMappings(MappingNode before, MappingNode after, string path, string key, bool isSecret)
    {
        string name = SensitiveNodes.NameOf(after);
        bool isAll = isSecret && SensitiveField.IsWholeSecret(key);
        foreach (MappingEntry entry in before.Entries)
        {
            Walk(entry.Value, after[entry.Key.Value], FieldPath.Join(path, entry.Key.Value), entry.Key.Value, isAll || SensitiveField.HoldsSecret(key, entry.Key.Value, name));
        }

        foreach (MappingEntry entry in after.Entries)
        {
            if (before.IndexOf(entry.Key.Value) < 0)
            {
                Walk(null, entry.Value, FieldPath.Join(path, entry.Key.Value), entry.Key.Value, isAll || SensitiveField.HoldsSecret(key, entry.Key.Value, name));
            }
        }
    }

    private void WalkLists(SequenceNode before, SequenceNode after, string path, bool isSecret)
    {
        int found = _changes.Count;
        foreach (ListAlignment.Pair pair in ListAlignment.Of(before, after, TextOf))
        {
            Walk(pair.Before, pair.After, $"{path}[{pair.Selector}]", "", isSecret);
        }

        // Named items are compared wherever they stand. Where nothing but their order differs, the order is what changed.
        if (_changes.Count == found && ListAlignment.NamesOf(before) is { } old && ListAlignment.NamesOf(after) is { } fresh && !old.SequenceEqual(fresh))
        {
            Add(path, string.Join(", ", old), string.Join(", ", fresh), before, after);
        }
    }

    /// <summary>What is printed for a node without its secrets; text of several lines may have some as well.</summary>
    private string? Shown(YamlNode? node, string key, bool isSecret) =>
        node is null ? null : isSecret && SensitiveNodes.IsTelling(node) ? SecretMasker.Mask : _masker.MaskText(TextOf(SensitiveNodes.Mask(node, key, isSecret)));

    private void Add(string path, string? old, string? fresh, YamlNode? before, YamlNode? after)
    {
        _changes.Add(new FieldChange(path, old, fresh)
        {
            BeforeSource = before is null ? null : sourceBefore(before.Position),
            AfterSource = after is null ? null : sourceAfter(after.Position),
        });
    }

    /// <summary>What is printed for a node: YAML, without the end of its last line; text of several lines as it is.</summary>
    private static string TextOf(YamlNode node)
    {
        if (node is ScalarNode { Tag: ScalarTags.String } text && text.Value.Contains('\n', StringComparison.Ordinal))
        {
            return text.Value;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        CanonicalYamlWriter.Write(node, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan).TrimEnd('\n');
    }
}
