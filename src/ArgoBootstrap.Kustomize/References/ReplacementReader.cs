using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Reads the <c>replacements</c> of a kustomization, and the files that they name.</summary>
public static class ReplacementReader
{
    private const string DefaultFieldPath = "metadata.name";

    /// <summary>Reads the list of a kustomization.</summary>
    /// <param name="node">The list; null for none.</param>
    /// <exception cref="KustomizeException">A field is not known or has the wrong type, or an entry has both a path and a replacement.</exception>
    public static IReadOnlyList<ReplacementEntry> Read(YamlNode node)
    {
        List<ReplacementEntry> entries = [];
        foreach (YamlNode item in StrictFields.Kustomization.Items(node, "replacements"))
        {
            if (item is ScalarNode && EntryForms.Entry("replacements", item) is string remedy)
            {
                throw new KustomizeException(DiagnosticIds.WrongType, $"An entry of 'replacements' must be a mapping, but is {ValueDescription.Of(item)}.", item.Position, remedy);
            }
            var draft = new Draft(StrictFields.Kustomization, allowsPath: true);
            Replacement replacement = draft.Read(item);
            if (draft.Path.Length > 0 && (replacement.Source is not null || replacement.Targets is { Count: > 0 }))
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidReplacement,
                    "A replacement has both a path and a source or targets.",
                    item.Position,
                    "Put the replacement either into the kustomization or into the file.");
            }
            entries.Add(new ReplacementEntry(draft.Path, replacement, item.Position));
        }
        return entries;
    }

    /// <summary>Reads a file that <c>replacements[].path</c> names: one replacement, or a list of them. Fields that are not known are left out, as kustomize does.</summary>
    /// <param name="node">The file's document.</param>
    /// <exception cref="KustomizeException">It is neither, or a field has the wrong type.</exception>
    public static IReadOnlyList<Replacement> ReadFile(YamlNode node)
    {
        FiniteNumbers.Require(node, "Replacements cannot be read from a file");
        return node switch
        {
            MappingNode => [new Draft(StrictFields.ReplacementFile, allowsPath: false).Read(node)],
            SequenceNode sequence => [.. sequence.Items.ToArray().Select(item => new Draft(StrictFields.ReplacementFile, allowsPath: false).Read(item))],
            _ => throw StrictFields.WrongType(node, "a file of replacements", "a replacement or a list of replacements"),
        };
    }

    private sealed class Draft(StrictFields fields, bool allowsPath)
    {
        public string Path { get; private set; } = "";

        public Replacement Read(YamlNode node)
        {
            ReplacementSource? source = null;
            string? sourceValue = null;
            List<ReplacementTarget>? targets = null;
            fields.Read(node, "a replacement", (name, value) =>
            {
                switch (name)
                {
                    case "path" when allowsPath:
                        Path = fields.Text(value, "replacements.path");
                        return true;
                    case "source":
                        source = value.IsNull ? null : ReadSource(value);
                        return true;
                    case "sourcevalue":
                        sourceValue = value.IsNull ? null : fields.Text(value, "replacements.sourceValue");
                        return true;
                    case "targets":
                        targets = value.IsNull ? null : [.. fields.Items(value, "replacements.targets").Select(ReadTarget)];
                        // Only a file can say that there are no targets: kustomize passes what is written in place on without an empty list.
                        targets = allowsPath && targets is { Count: 0 } ? null : targets;
                        return true;
                    default:
                        return false;
                }
            });
            return new Replacement(source, sourceValue, targets, node.Position);
        }

        private ReplacementSource ReadSource(YamlNode node)
        {
            var id = new Id("replacements.source");
            string path = "";
            ReplacementOptions? options = null;
            fields.Read(node, "the source of a replacement", (name, value) =>
            {
                switch (name)
                {
                    case "fieldpath":
                        path = fields.Text(value, "replacements.source.fieldPath");
                        return true;
                    case "options":
                        options = ReadOptions(value);
                        return true;
                    default:
                        return id.Take(name, value);
                }
            });
            return new ReplacementSource(id.Type, id.Name, id.Namespace, FieldPath.Parse(path.Length > 0 ? path : DefaultFieldPath), options, node.Position);
        }

        private ReplacementTarget ReadTarget(YamlNode node)
        {
            ReplacementSelector? select = null;
            List<ReplacementSelector> reject = [];
            List<FieldPath> paths = [];
            ReplacementOptions? options = null;
            fields.Read(node, "a target of a replacement", (name, value) =>
            {
                switch (name)
                {
                    case "select":
                        select = value.IsNull ? null : ReadSelector(value, "replacements.targets.select");
                        return true;
                    case "reject":
                        reject = [.. fields.Items(value, "replacements.targets.reject").Select(ReadReject)];
                        return true;
                    case "fieldpaths":
                        paths = [.. fields.Items(value, "replacements.targets.fieldPaths").Select(item => FieldPath.Parse(fields.Text(item, "replacements.targets.fieldPaths")))];
                        return true;
                    case "options":
                        options = ReadOptions(value);
                        return true;
                    default:
                        return false;
                }
            });
            return new ReplacementTarget(select, reject, paths.Count > 0 ? paths : [FieldPath.Parse(DefaultFieldPath)], options, node.Position);
        }

        private ReplacementSelector ReadReject(YamlNode node) => !node.IsNull
            ? ReadSelector(node, "replacements.targets.reject")
            : throw new KustomizeException(
                DiagnosticIds.InvalidReplacement, "An entry of 'replacements.targets.reject' is null.", node.Position, "Say which objects are left out, or remove the entry.");

        private ReplacementSelector ReadSelector(YamlNode node, string what)
        {
            var id = new Id(what);
            string labels = "";
            string annotations = "";
            fields.Read(node, "a selector of a replacement", (name, value) =>
            {
                switch (name)
                {
                    case "labelselector":
                        labels = fields.Text(value, $"{what}.labelSelector");
                        return true;
                    case "annotationselector":
                        annotations = fields.Text(value, $"{what}.annotationSelector");
                        return true;
                    default:
                        return id.Take(name, value);
                }
            });
            return new ReplacementSelector(id.Type, id.Name, id.Namespace, labels, annotations, node.Position) { Written = node as MappingNode };
        }

        private ReplacementOptions? ReadOptions(YamlNode node)
        {
            string delimiter = "";
            long index = 0;
            bool create = false;
            fields.Read(node, "the options of a replacement", (name, value) =>
            {
                switch (name)
                {
                    case "delimiter":
                        delimiter = fields.Text(value, "replacements.options.delimiter");
                        return true;
                    case "index":
                        index = fields.Integer(value, "replacements.options.index");
                        return true;
                    case "create":
                        create = fields.Boolean(value, "replacements.options.create");
                        return true;
                    case "encoding":
                        // kustomize takes it and does nothing with it.
                        _ = fields.Text(value, "replacements.options.encoding");
                        return true;
                    default:
                        return false;
                }
            });
            return node.IsNull ? null : new ReplacementOptions(delimiter, (int)Math.Clamp(index, int.MinValue, int.MaxValue), create);
        }
    }

    private sealed class Id(string what)
    {
        private string _group = "";
        private string _version = "";
        private string _kind = "";

        public GroupVersionKind Type => new(_group, _version, _kind);

        public string Name { get; private set; } = "";

        public string Namespace { get; private set; } = "";

        public bool Take(string name, YamlNode value)
        {
            switch (name)
            {
                case "group":
                    _group = StrictFields.ExactText(value, $"{what}.group");
                    return true;
                case "version":
                    _version = StrictFields.ExactText(value, $"{what}.version");
                    return true;
                case "kind":
                    _kind = StrictFields.ExactText(value, $"{what}.kind");
                    return true;
                case "name":
                    Name = StrictFields.ExactText(value, $"{what}.name");
                    return true;
                case "namespace":
                    Namespace = StrictFields.ExactText(value, $"{what}.namespace");
                    return true;
                default:
                    return false;
            }
        }
    }
}
