using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Applies one operation of a JSON patch to an immutable tree.</summary>
internal static class JsonPatchStep
{
    /// <summary>Applies an operation.</summary>
    /// <param name="document">The tree.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>The changed tree.</returns>
    /// <exception cref="KustomizeException">The operation cannot be applied.</exception>
    public static YamlNode Apply(YamlNode document, JsonPatchOperation operation)
    {
        var step = new Step(operation);
        return operation.Name switch
        {
            "add" => step.Add(document, step.Path(), operation.Value ?? ScalarNode.Null),
            "remove" => step.Remove(document, step.Path()),
            "replace" => step.Replace(document, step.Path()),
            "move" => step.Move(document),
            "copy" => step.Copy(document),
            "test" => step.Test(document, step.Path()),
            null => throw step.Fail("it has no op", "Say what to do with op: add, remove, replace, move, copy or test."),
            _ => throw step.Fail($"there is no op '{operation.Name}'", "Use add, remove, replace, move, copy or test."),
        };
    }

    private readonly struct Step(JsonPatchOperation operation)
    {
        public KustomizeException Fail(string why, string remedy) =>
            new(DiagnosticIds.InvalidPatch, $"The JSON patch's {operation} cannot be applied: {why}.", operation.Position, remedy);

        public string Path() => operation.Path ?? throw Fail("it has no path", "Say where with path, a JSON pointer such as /spec/replicas.");

        public YamlNode Add(YamlNode document, string path, YamlNode value)
        {
            Step step = this;
            return Change(document, path, (container, key) => container switch
            {
                MappingNode mapping => Put(mapping, key, value),
                SequenceNode list => list.WithItems(Inserted(list, key == "-" ? list.Count : step.Index(list, key, list.Count + 1), value)),
                _ => throw step.Missing(path),
            });
        }

        public YamlNode Remove(YamlNode document, string path)
        {
            Step step = this;
            return Change(document, path, (container, key) => container switch
            {
                MappingNode mapping when mapping.TryGet(key, out _) => mapping.Without(key),
                SequenceNode list => list.WithItems(Removed(list, step.Index(list, key, list.Count))),
                _ => throw step.Missing(path),
            });
        }

        public YamlNode Replace(YamlNode document, string path)
        {
            YamlNode value = operation.Value ?? ScalarNode.Null;
            if (path.Length == 0)
            {
                return value is ScalarNode
                    ? throw Fail("the whole object can only be replaced by a mapping", "Give it a mapping as value, or name a field with path.")
                    : value;
            }
            Step step = this;
            return Change(document, path, (container, key) => container switch
            {
                MappingNode mapping => Put(mapping, key, value),
                SequenceNode list => list.WithItemAt(step.Index(list, key, list.Count), value),
                _ => throw step.Missing(path),
            });
        }

        public YamlNode Move(YamlNode document)
        {
            string from = From();
            YamlNode value = Get(document, from) ?? ScalarNode.Null;
            return Add(Remove(document, from), Path(), value);
        }

        // As in json-patch 4, copying a key that is not there gives null.
        public YamlNode Copy(YamlNode document) => Add(document, Path(), Get(document, From()) ?? ScalarNode.Null);

        public YamlNode Test(YamlNode document, string path)
        {
            YamlNode? found = path.Length == 0 ? document : Get(document, path);
            return JsonEquality.AreEqual(found, operation.Value)
                ? document
                : throw Fail($"the value is {Describe(found)} and not {Describe(operation.Value)}", "Change the value that is tested for, or remove the test.");
        }

        private static string Describe(YamlNode? node) => node switch
        {
            null or { IsNull: true } => "null",
            ScalarNode scalar => $"'{scalar.Value}'",
            MappingNode mapping => $"a mapping with {mapping.Count} keys",
            SequenceNode list => $"a list of {list.Count}",
            _ => node.KindName,
        };

        private string From() => operation.From ?? throw Fail("it has no from", "Say with from what to move or copy, as a JSON pointer.");

        private KustomizeException Missing(string path) =>
            Fail($"the object has no {(path.Length == 0 ? "empty path" : path)}", "Correct the path (keys with / are written with ~1, keys with ~ with ~0), or add what is missing before.");

        private int Index(SequenceNode list, string key, int limit)
        {
            if (!TryIndex(key, out long index))
            {
                throw Fail($"'{key}' is not an index of the list at {list.Position}", "Use a number from 0, or - to append.");
            }
            long place = index < 0 ? index + limit : index;
            return place >= 0 && place < limit
                ? (int)place
                : throw Fail($"the list at {list.Position} has {list.Count} items and so no index {key}", "Use an index within the list, or - to append.");
        }

        private static bool TryIndex(string key, out long index) =>
            long.TryParse(key, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out index);

        /// <summary>The value at a path; null for a key that is not there.</summary>
        private YamlNode? Get(YamlNode document, string path)
        {
            string[] segments = Split(path);
            for (int i = 0; i < segments.Length - 1; i++)
            {
                document = Child(document, segments[i], path);
            }
            return document switch
            {
                MappingNode mapping => mapping[segments[^1]],
                SequenceNode list => list[Index(list, segments[^1], list.Count)],
                _ => throw Missing(path),
            };
        }

        /// <summary>Rebuilds the containers along a path, the last of which is changed.</summary>
        private YamlNode Change(YamlNode document, string path, Func<YamlNode, string, YamlNode> change)
        {
            string[] segments = Split(path);
            var containers = new YamlNode[segments.Length];
            containers[0] = document;
            for (int i = 1; i < segments.Length; i++)
            {
                containers[i] = Child(containers[i - 1], segments[i - 1], path);
            }
            YamlNode result = change(containers[^1], segments[^1]);
            for (int i = segments.Length - 2; i >= 0; i--)
            {
                result = containers[i] is MappingNode mapping
                    ? mapping.With(segments[i], result)
                    : ((SequenceNode)containers[i]).WithItemAt(Index((SequenceNode)containers[i], segments[i], ((SequenceNode)containers[i]).Count), result);
            }
            return result;
        }

        private YamlNode Child(YamlNode container, string key, string path)
        {
            YamlNode? child = container switch
            {
                MappingNode mapping => mapping[key],
                SequenceNode list => list[Index(list, key, list.Count)],
                _ => null,
            };
            return child is MappingNode or SequenceNode ? child : throw Missing(path);
        }

        // What comes before the first slash is not looked at, as in json-patch 4.
        private string[] Split(string path)
        {
            string[] parts = path.Split('/');
            return parts.Length < 2
                ? throw Missing(path)
                : [.. parts.Skip(1).Select(Unescape)];
        }

        private static string Unescape(string part)
        {
            if (!part.Contains('~', StringComparison.Ordinal))
            {
                return part;
            }
            var result = new System.Text.StringBuilder(part.Length);
            for (int i = 0; i < part.Length; i++)
            {
                bool escaped = part[i] == '~' && i + 1 < part.Length && part[i + 1] is '0' or '1';
                result.Append(!escaped ? part[i] : part[++i] == '0' ? '~' : '/');
            }
            return result.ToString();
        }

        // Keys of JSON are text, whatever they look like.
        private static MappingNode Put(MappingNode mapping, string key, YamlNode value)
        {
            int at = mapping.IndexOf(key);
            return at < 0 ? mapping.WithAppended(ScalarNode.String(key), value) : mapping.WithValueAt(at, value);
        }

        private static YamlNode[] Inserted(SequenceNode list, int index, YamlNode item) => [.. list.Items[..index], item, .. list.Items[index..]];

        private static YamlNode[] Removed(SequenceNode list, int index) => [.. list.Items[..index], .. list.Items[(index + 1)..]];
    }
}
