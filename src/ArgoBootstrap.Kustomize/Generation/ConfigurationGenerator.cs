using System.Text;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Makes ConfigMaps and Secrets of <c>configMapGenerator</c> and <c>secretGenerator</c>.</summary>
/// <param name="loader">Reads files.</param>
/// <param name="schema">The schema in force.</param>
internal sealed class ConfigurationGenerator(RootLoader loader, KubernetesSchema schema)
{
    private const int Base64LineLength = 70;

    /// <summary>Makes a ConfigMap.</summary>
    /// <param name="entry">What to make.</param>
    /// <param name="options">Its options, or null.</param>
    /// <exception cref="KustomizeException">The entry cannot be used.</exception>
    public Resource ConfigMap(GeneratorEntry entry, GeneratorOptions? options)
    {
        var text = new List<MappingEntry>();
        var binary = new List<MappingEntry>();
        foreach ((string key, (byte[] value, SourcePosition position)) in new KeyValueSources(loader).Collect(entry))
        {
            if (TryDecode(value) is string decoded)
            {
                text.Add(new(PlainKey(key), Text(decoded, position)));
            }
            else
            {
                binary.Add(new(PlainKey(key), Text(Base64(value), position)));
            }
        }
        List<MappingEntry> fields = Head("ConfigMap", entry);
        AddMap(fields, "data", text);
        AddMap(fields, "binaryData", binary);
        return Finish(fields, entry, options);
    }

    /// <summary>Makes a Secret, whose values are all written in base64.</summary>
    /// <param name="entry">What to make.</param>
    /// <param name="options">Its options, or null.</param>
    /// <exception cref="KustomizeException">The entry cannot be used.</exception>
    public Resource Secret(GeneratorEntry entry, GeneratorOptions? options)
    {
        List<MappingEntry> fields = Head("Secret", entry);
        fields.Add(new(PlainKey("type"), ScalarNode.String(entry.Type.Length > 0 ? entry.Type : "Opaque")));
        MappingEntry[] data = [.. new KeyValueSources(loader).Collect(entry).Select(p => new MappingEntry(PlainKey(p.Key), Text(Base64(p.Value.Value), p.Value.Position)))];
        // A Secret without any key still has an empty mapping.
        fields.Add(new(PlainKey("data"), MappingNode.Create(data)));
        return Finish(fields, entry, options);
    }

    private static List<MappingEntry> Head(string kind, GeneratorEntry entry)
    {
        if (entry.Name.Length == 0)
        {
            throw new KustomizeException(DiagnosticIds.MissingField, $"The generator of a {kind} has no 'name'.", entry.Position, "Give it a name.");
        }
        var metadata = MappingNode.Create(new MappingEntry(PlainKey("name"), ScalarNode.String(entry.Name)));
        if (entry.Namespace.Length > 0)
        {
            metadata = metadata.With("namespace", ScalarNode.String(entry.Namespace));
        }
        return
        [
            new(PlainKey("apiVersion"), ScalarNode.String("v1")),
            new(PlainKey("kind"), ScalarNode.String(kind)),
            new(PlainKey("metadata"), metadata),
        ];
    }

    private Resource Finish(List<MappingEntry> fields, GeneratorEntry entry, GeneratorOptions? options)
    {
        var node = new MappingNode([.. fields], entry.Position);
        if (options is not null)
        {
            var metadata = (MappingNode)node["metadata"]!;
            metadata = WithMap(metadata, "labels", options.Labels);
            metadata = WithMap(metadata, "annotations", options.Annotations);
            node = node.With("metadata", metadata);
            if (options.Immutable)
            {
                node = node.With("immutable", new ScalarNode("true", ScalarTags.Boolean, ScalarStyle.Plain, entry.Position));
            }
        }
        return new Resource(node, schema)
        {
            Behavior = BehaviorOf(entry),
            NeedsHash = options is not { DisableNameSuffixHash: true },
        };
    }

    /// <summary>kustomize takes any other word as if nothing were said; the kustomization's warnings name it.</summary>
    private static GenerationBehavior BehaviorOf(GeneratorEntry entry) => entry.Behavior switch
    {
        "create" => GenerationBehavior.Create,
        "replace" => GenerationBehavior.Replace,
        "merge" => GenerationBehavior.Merge,
        _ => GenerationBehavior.Unspecified,
    };

    private static MappingNode WithMap(MappingNode metadata, string field, IReadOnlyList<KeyValuePair<string, string>> pairs) =>
        pairs.Count == 0 ? metadata : metadata.With(field, MappingNode.Create(pairs.Select(p => new MappingEntry(PlainKey(p.Key), ScalarNode.String(p.Value)))));

    private static void AddMap(List<MappingEntry> fields, string name, List<MappingEntry> entries)
    {
        if (entries.Count > 0)
        {
            fields.Add(new(PlainKey(name), new MappingNode([.. entries], SourcePosition.None)));
        }
    }

    /// <summary>kustomize writes keys plainly: one that looks like a number or a boolean is not a string then, and cannot be printed.</summary>
    private static ScalarNode PlainKey(string key) => ScalarNode.Plain(key);

    private static ScalarNode Text(string value, SourcePosition position) =>
        new(value, ScalarTags.String, value.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : ScalarStyle.Plain, position);

    private static string? TryDecode(byte[] value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value))
        {
            return null;
        }
        return Encoding.UTF8.GetString(value);
    }

    /// <summary>Base64 in lines of 70 characters, each with a line end, when it is longer than one line.</summary>
    private static string Base64(byte[] value)
    {
        string encoded = Convert.ToBase64String(value);
        if (encoded.Length < Base64LineLength)
        {
            return encoded;
        }
        var lines = new StringBuilder(encoded.Length + (encoded.Length / Base64LineLength) + 1);
        for (int i = 0; i < encoded.Length; i += Base64LineLength)
        {
            lines.Append(encoded, i, Math.Min(Base64LineLength, encoded.Length - i)).Append('\n');
        }
        return lines.ToString();
    }
}
