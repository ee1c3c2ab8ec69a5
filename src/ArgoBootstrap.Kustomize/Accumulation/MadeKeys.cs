using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>
/// Explains keys that cannot be printed although a file has them in quotes: kustomize writes the keys of annotations, and
/// those that its generators and transformers make, without quotes, and one that looks like a number is one then.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="read">Absolute paths of the files that a build read.</param>
/// <param name="limits">Bounds on what is accepted.</param>
internal sealed class MadeKeys(IFileSystem files, Lazy<IReadOnlyCollection<string>> read, YamlLimits limits)
{
    private static readonly string[] Makers = ["commonAnnotations", "commonLabels", "annotations", "labels", "pairs"];

    /// <summary>The same mistakes; those about a key that kustomize itself wrote without quotes point to where it is written.</summary>
    /// <param name="problem">What printing an object reported.</param>
    /// <param name="resource">The object.</param>
    public KustomizeException Explain(KustomizeException problem, Resource resource) =>
        problem.Diagnostics is [{ Id: DiagnosticIds.InvalidKey } reason] && Made(resource.Node, resource, reason.Position) is ScalarNode key
            ? new KustomizeException(
                [reason with
                {
                    Message = $"{resource.Id.Describe()} gets the key '{key.Value}', which kustomize writes without quotes, as {Kind(key)}; a key must be a string.",
                    Position = key.Position.File == SourceFile.Generated ? Place(key.Value) ?? resource.Node.Position : key.Position,
                    Remedy = "Choose another key, such as one with a domain in front (example.com/…): quotes around it are lost.",
                }],
                problem)
            : problem.In(resource);

    /// <summary>The first key at a place that is not a string and that kustomize made or writes again; null when the file itself has it so.</summary>
    private static ScalarNode? Made(YamlNode node, Resource resource, SourcePosition place)
    {
        bool isGenerated = KustomizationFields.FileNames.Contains(Path.GetFileName(resource.Node.Position.File.Path));
        var annotations = (resource.Node["metadata"] as MappingNode)?["annotations"] as MappingNode;
        return Find(node);

        ScalarNode? Find(YamlNode at)
        {
            switch (at)
            {
                case MappingNode mapping:
                    foreach (MappingEntry entry in mapping.Entries)
                    {
                        bool isWritten = isGenerated || ReferenceEquals(mapping, annotations) || entry.Key.Position.File == SourceFile.Generated;
                        if (isWritten && entry.Key.Tag is not (ScalarTags.String or ScalarTags.Merge) && entry.Key.Position == place)
                        {
                            return entry.Key;
                        }
                        if (Find(entry.Value) is ScalarNode found)
                        {
                            return found;
                        }
                    }
                    return null;
                case SequenceNode sequence:
                    foreach (YamlNode item in sequence.Items)
                    {
                        if (Find(item) is ScalarNode found)
                        {
                            return found;
                        }
                    }
                    return null;
                default:
                    return null;
            }
        }
    }

    /// <summary>Where a kustomization of the build names a key that is set, or a literal with that key; null when none does.</summary>
    private SourcePosition? Place(string key)
    {
        foreach (string path in read.Value.Where(p => KustomizationFields.FileNames.Contains(Path.GetFileName(p))))
        {
            try
            {
                if (YamlReader.ReadFirst(files.ReadFile(path, limits.MaximumFileBytes), new SourceFile(path), limits, out _) is YamlNode document && Search(document, key, "") is SourcePosition found)
                {
                    return found;
                }
            }
            catch (Exception e) when (e is KustomizeException or IOException or UnauthorizedAccessException)
            {
                // Only a better place for a message was looked for.
            }
        }
        return null;
    }

    private static SourcePosition? Search(YamlNode node, string key, string field)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (MappingEntry entry in mapping.Entries)
                {
                    if (Makers.Contains(field) && (entry.Key.Value == key || ValueDescription.BooleanOf(entry.Key)?.ToString().ToLowerInvariant() == key))
                    {
                        return entry.Key.Position;
                    }
                    if (Search(entry.Value, key, entry.Key.Value) is SourcePosition found)
                    {
                        return found;
                    }
                }
                return null;
            case SequenceNode sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    if (Search(item, key, field) is SourcePosition found)
                    {
                        return found;
                    }
                }
                return null;
            default:
                return field is "literals" or "files" && node is ScalarNode literal && literal.Value.StartsWith(key + "=", StringComparison.Ordinal) ? node.Position : null;
        }
    }

    private static string Kind(ScalarNode key) => key.Tag switch
    {
        ScalarTags.Boolean => "a boolean",
        ScalarTags.Integer or ScalarTags.Float => "a number",
        ScalarTags.Null => "null",
        _ => "something else than text",
    };
}
