using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Reads the files that <c>configurations</c> of a kustomization names.</summary>
public static class TransformerConfigurationReader
{
    private static readonly StrictFields Fields = StrictFields.TransformerConfiguration;

    /// <summary>Reads one file.</summary>
    /// <param name="node">The file's document; null for an empty one.</param>
    /// <returns>What the file says, without the defaults.</returns>
    /// <exception cref="KustomizeException">A field is not known, occurs twice, or has the wrong type.</exception>
    public static TransformerConfiguration Read(YamlNode node)
    {
        TransformerConfiguration result = TransformerConfiguration.Empty;
        RequireDistinctKeys(node);
        Fields.Read(node, "a transformer configuration", (name, value) =>
        {
            TransformerConfiguration? next = name switch
            {
                "nameprefix" => result with { NamePrefix = Specs(value, "namePrefix") },
                "namesuffix" => result with { NameSuffix = Specs(value, "nameSuffix") },
                "namespace" => result with { Namespace = Specs(value, "namespace") },
                "labels" => result with { Labels = Specs(value, "labels") },
                "templatelabels" => result with { TemplateLabels = Specs(value, "templateLabels") },
                "commonlabels" => result with { CommonLabels = Specs(value, "commonLabels") },
                "commonannotations" => result with { CommonAnnotations = Specs(value, "commonAnnotations") },
                "namereference" => result with { NameReferences = GroupVersionKindOrder.SortReferences([.. Fields.Items(value, "nameReference").Select(Reference)]) },
                "varreference" => result with { VariableReferences = Specs(value, "varReference") },
                "images" => result with { Images = Specs(value, "images") },
                "replicas" => result with { Replicas = Specs(value, "replicas") },
                _ => null,
            };
            result = next ?? result;
            return next is not null;
        });

        // Entries of the file that name the same field are one entry.
        return TransformerConfigurationMerger.Merge(TransformerConfiguration.Empty, result, node.Position);
    }

    private static FieldSpec[] Specs(YamlNode node, string list) =>
        GroupVersionKindOrder.SortFields([.. Fields.Items(node, list).Select(item => Spec(item, list))]);

    private static FieldSpec Spec(YamlNode node, string list)
    {
        (string group, string version, string kind, string path, bool create) = ("", "", "", "", false);
        Fields.Read(node, $"an entry of {list}", (name, value) =>
        {
            switch (name)
            {
                case "group":
                    group = StrictFields.ExactText(value, $"{list}.group");
                    return true;
                case "version":
                    version = StrictFields.ExactText(value, $"{list}.version");
                    return true;
                case "kind":
                    kind = StrictFields.ExactText(value, $"{list}.kind");
                    return true;
                case "path":
                    path = Fields.Text(value, $"{list}.path");
                    return true;
                case "create":
                    create = Fields.Boolean(value, $"{list}.create");
                    return true;
                default:
                    return false;
            }
        });
        return new FieldSpec(new GroupVersionKind(group, version, kind), path, create) { Position = node.Position };
    }

    private static NameReference Reference(YamlNode node)
    {
        (string group, string version, string kind) = ("", "", "");
        FieldSpec[] referrers = [];
        Fields.Read(node, "an entry of nameReference", (name, value) =>
        {
            switch (name)
            {
                case "group":
                    group = StrictFields.ExactText(value, "nameReference.group");
                    return true;
                case "version":
                    version = StrictFields.ExactText(value, "nameReference.version");
                    return true;
                case "kind":
                    kind = StrictFields.ExactText(value, "nameReference.kind");
                    return true;
                case "fieldspecs":
                    referrers = [.. Fields.Items(value, "nameReference.fieldSpecs").Select(item => Spec(item, "nameReference.fieldSpecs"))];
                    return true;
                default:
                    return false;
            }
        });
        return new NameReference(new GroupVersionKind(group, version, kind), referrers);
    }

    private static void RequireDistinctKeys(YamlNode node)
    {
        switch (node)
        {
            case SequenceNode sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    RequireDistinctKeys(item);
                }
                break;
            case MappingNode mapping:
                HashSet<string> seen = new(StringComparer.Ordinal);
                foreach (MappingEntry entry in mapping.Entries)
                {
                    if (!seen.Add(entry.Key.Value))
                    {
                        throw new KustomizeException(DiagnosticIds.DuplicateKey, $"Duplicate key \"{entry.Key.Value}\".", entry.Key.Position, "Remove one of them.");
                    }
                    RequireDistinctKeys(entry.Value);
                }
                break;
        }
    }
}
