using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Decodes the entries of a kustomization's lists.</summary>
/// <param name="bag">Receives mistakes.</param>
internal sealed class EntryReader(DiagnosticBag bag)
{
    private static readonly string[] LabelFields = ["pairs", "includeSelectors", "includeTemplates", "fields"];

    public LabelEntry Label(YamlNode node)
    {
        if (node is MappingNode { Count: > 0 } mapping && !mapping.Entries.ToArray().Any(e => Array.Exists(LabelFields, f => f.Equals(e.Key.Value, StringComparison.OrdinalIgnoreCase))))
        {
            MappingEntry first = mapping.Entries[0];
            bag.Error(
                DiagnosticIds.UnknownField, $"An entry of 'labels' has the label '{first.Key.Value}' in place of 'pairs'.", first.Key.Position,
                $"Write `- pairs:` in front, and the labels below it, indented: `- pairs: {{{first.Key.Value}: {(first.Value is ScalarNode value ? value.Value : "…")}}}`.");
            return new LabelEntry([], false, false, [], node.Position);
        }
        var fields = new FieldReader(node, "an entry of 'labels'", bag, LabelFields);
        return new LabelEntry(
            fields.StringMap("pairs"), fields.Boolean("includeSelectors"), fields.Boolean("includeTemplates"), fields.List("fields", FieldSpec), node.Position);
    }

    public FieldSpec FieldSpec(YamlNode node) => FieldSpec(node, strict: true);

    /// <summary>A field specification.</summary>
    /// <param name="node">The node.</param>
    /// <param name="strict">Whether it belongs to a kustomization, not to an object that configures a transformer.</param>
    /// <param name="readsTypesAsText">Whether an object may give group, version and kind as numbers: kustomize's affixes may, its other transformers not.</param>
    public FieldSpec FieldSpec(YamlNode node, bool strict, bool readsTypesAsText = true)
    {
        FieldReader fields = Fields(node, "a field specification", strict, "group", "version", "kind", "path", "create");
        FieldReader types = strict || readsTypesAsText || node is not MappingNode mapping ? fields : new FieldReader(mapping, "a field specification", bag, readsScalarsAsText: false);
        return new FieldSpec(TypeOf(types), fields.String("path"), fields.Boolean("create")) { Position = node.Position };
    }

    public PatchEntry Patch(YamlNode node)
    {
        if (node is MappingNode mapping && mapping["patch"] is null && (mapping["op"] is not null || (mapping["kind"] is not null && mapping["target"] is null)))
        {
            bool isJson = mapping["op"] is not null;
            bag.Error(
                DiagnosticIds.UnknownField, $"An entry of 'patches' is the {(isJson ? "operation of a JSON patch" : "patch")} itself.", node.Position,
                "Write `- patch: |-` in front, and the patch below it, indented" + (isJson ? ", with its object under 'target'." : "; or move the patch to a file and write `- path: FILE`."));
            return new PatchEntry(new("", node.Position), null, null, false, false, node.Position);
        }
        return Patch(new FieldReader(node, "an entry of 'patches'", bag, "path", "patch", "target", "options"), "patch");
    }

    /// <summary>A patch whose fields are read already.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="text">Name of the field that holds an inline patch.</param>
    public PatchEntry Patch(FieldReader fields, string text)
    {
        MappingNode? options = fields.Mapping("options");
        FieldReader? switches = options is null ? null : Fields(options, "'options' of a patch", !fields.IsConfigurationObject, "allowNameChange", "allowKindChange");
        _ = fields.String(text);
        return new PatchEntry(
            fields.LocatedString("path"),
            fields.Node(text) is ScalarNode { Value.Length: > 0 } inline ? inline : null,
            fields.Mapping("target") is MappingNode target ? Selector(target, "'target' of a patch", !fields.IsConfigurationObject) : null,
            switches?.Boolean("allowNameChange") ?? false,
            switches?.Boolean("allowKindChange") ?? false,
            fields.Position);
    }

    public SelectorEntry Selector(MappingNode node, string what, bool strict = true)
    {
        FieldReader selectors = Fields(node, what, strict, "group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
        FieldReader id = strict ? selectors : new FieldReader(node, what, bag, readsScalarsAsText: false);
        return new SelectorEntry(
            TypeOf(id), id.String("name"), id.String("namespace"), selectors.String("labelSelector"), selectors.String("annotationSelector"), node.Position) { Written = node };
    }

    public ImageEntry Image(YamlNode node) => Image(node, strict: true);

    public ImageEntry Image(YamlNode node, bool strict)
    {
        FieldReader fields = Fields(node, "an entry of 'images'", strict, "name", "newName", "newTag", "tagSuffix", "digest");
        return new ImageEntry(
            fields.LocatedString("name"), fields.String("newName"), fields.String("newTag"), fields.String("tagSuffix"), fields.String("digest"), node.Position);
    }

    public ReplicaEntry Replica(YamlNode node) => Replica(node, strict: true);

    public ReplicaEntry Replica(YamlNode node, bool strict)
    {
        FieldReader fields = Fields(node, "an entry of 'replicas'", strict, "name", "count");
        return new ReplicaEntry(fields.String("name"), fields.Integer("count"), node.Position);
    }

    public GeneratorEntry Generator(YamlNode node, bool secret)
    {
        return Generator(secret
            ? new FieldReader(node, "an entry of 'secretGenerator'", bag, "name", "namespace", "behavior", "literals", "files", "envs", "env", "options", "type")
            : new FieldReader(node, "an entry of 'configMapGenerator'", bag, "name", "namespace", "behavior", "literals", "files", "envs", "env", "options"), secret);
    }

    /// <summary>A generator that an object of its own configures: name and namespace may stand under <c>metadata</c>.</summary>
    public GeneratorEntry GeneratorConfiguration(MappingNode node, bool secret)
    {
        var fields = new FieldReader(node, secret ? "a SecretGenerator" : "a ConfigMapGenerator", bag, readsScalarsAsText: false);
        GeneratorEntry entry = Generator(fields, secret);
        var metadata = new FieldReader(fields.Mapping("metadata") ?? MappingNode.Empty, "'metadata'", bag);
        return entry with
        {
            Name = entry.Name.Length > 0 ? entry.Name : metadata.String("name"),
            Namespace = entry.Namespace.Length > 0 ? entry.Namespace : metadata.String("namespace"),
        };
    }

    private GeneratorEntry Generator(FieldReader fields, bool secret)
    {
        Located<string> env = fields.LocatedString("env");
        return new GeneratorEntry(fields.String("name"), fields.Position)
        {
            Namespace = fields.String("namespace"),
            Behavior = fields.String("behavior"),
            Type = secret ? fields.String("type") : "",
            Literals = fields.Strings("literals"),
            Files = fields.Strings("files"),
            Envs = env.Value.Length > 0 ? [.. fields.Strings("envs"), env] : fields.Strings("envs"),
            Options = GeneratorOptions(fields, "options"),
        };
    }

    public GeneratorOptions? GeneratorOptions(FieldReader parent, string field)
    {
        if (parent.Mapping(field) is not MappingNode node)
        {
            return null;
        }
        FieldReader fields = parent.IsConfigurationObject
            ? new FieldReader(node, $"'{field}'", bag, readsScalarsAsText: false)
            : new FieldReader(node, $"'{field}'", bag, "labels", "annotations", "disableNameSuffixHash", "immutable");
        return new GeneratorOptions(
            fields.StringMap("labels"), fields.StringMap("annotations"), fields.Boolean("disableNameSuffixHash"), fields.Boolean("immutable"));
    }

    public SortOptions? SortOptions(FieldReader parent)
    {
        if (parent.Mapping("sortOptions") is not MappingNode node)
        {
            return null;
        }
        var fields = new FieldReader(node, "'sortOptions'", bag, "order", "legacySortOptions");
        FieldReader? legacy = fields.Mapping("legacySortOptions") is MappingNode options
            ? new FieldReader(options, "'legacySortOptions'", bag, "orderFirst", "orderLast")
            : null;
        return new SortOptions(
            fields.String("order"),
            legacy is null ? null : [.. legacy.Strings("orderFirst").Select(s => s.Value)],
            legacy is null ? null : [.. legacy.Strings("orderLast").Select(s => s.Value)],
            node.Position);
    }

    public IReadOnlyDictionary<string, Located<string>> OpenApi(FieldReader parent)
    {
        var result = new Dictionary<string, Located<string>>(StringComparer.Ordinal);
        if (parent.Mapping("openapi") is MappingNode node)
        {
            // Any key is accepted, as in a map of strings; what is unknown ends in a warning.
            var fields = new FieldReader(node, "'openapi'", bag, [.. node.Entries.ToArray().Select(e => e.Key.Value)]);
            foreach (string name in fields.Present)
            {
                result[name] = name is "path" or "version" ? fields.LocatedString(name) : new(fields.String(name), fields.KeyPosition(name));
            }
        }
        return result;
    }

    public HelmGlobals? HelmGlobals(FieldReader parent, IReadOnlyList<LegacyHelmChart> legacy)
    {
        if (parent.Mapping("helmGlobals") is MappingNode node)
        {
            var fields = new FieldReader(node, "'helmGlobals'", bag, "chartHome", "configHome");
            return new HelmGlobals(fields.String("chartHome"), fields.String("configHome"));
        }
        string chartHome = legacy.LastOrDefault(c => c.ChartHome.Length > 0)?.ChartHome ?? "";
        string configHome = legacy.LastOrDefault(c => c.ConfigHome.Length > 0)?.ConfigHome ?? "";
        return chartHome.Length + configHome.Length > 0 ? new HelmGlobals(chartHome, configHome) : null;
    }

    public HelmChart HelmChart(YamlNode node) => HelmChart(new FieldReader(
        node, "an entry of 'helmCharts'", bag,
        "name", "version", "repo", "releaseName", "namespace", "additionalValuesFiles", "valuesFile", "valuesInline", "valuesMerge",
        "includeCRDs", "skipHooks", "apiVersions", "kubeVersion", "nameTemplate", "skipTests", "debug", "devel"));

    /// <summary>A chart that an object of its own configures, with what stands in <c>helmGlobals</c> otherwise.</summary>
    public (HelmChart Chart, HelmGlobals Globals) HelmChartConfiguration(MappingNode node)
    {
        var fields = new FieldReader(node, "a HelmChartInflationGenerator", bag, readsScalarsAsText: false);
        return (HelmChart(fields), new HelmGlobals(fields.String("chartHome"), fields.String("configHome")));
    }

    private static HelmChart HelmChart(FieldReader fields)
    {
        return new HelmChart(fields.String("name"), fields.Position)
        {
            Version = fields.String("version"),
            Repo = fields.String("repo"),
            ReleaseName = fields.String("releaseName"),
            Namespace = fields.String("namespace"),
            AdditionalValuesFiles = fields.Strings("additionalValuesFiles"),
            ValuesFile = fields.LocatedString("valuesFile"),
            ValuesInline = fields.Mapping("valuesInline"),
            ValuesMerge = fields.String("valuesMerge"),
            IncludeCrds = fields.Boolean("includeCRDs"),
            SkipHooks = fields.Boolean("skipHooks"),
            ApiVersions = [.. fields.Strings("apiVersions").Select(s => s.Value)],
            KubeVersion = fields.String("kubeVersion"),
            NameTemplate = fields.String("nameTemplate"),
            SkipTests = fields.Boolean("skipTests"),
            Debug = fields.Boolean("debug"),
            Devel = fields.Boolean("devel"),
        };
    }

    public LegacyHelmChart LegacyHelmChart(YamlNode node)
    {
        var fields = new FieldReader(
            node, "an entry of 'helmChartInflationGenerator'", bag,
            "chartName", "chartVersion", "chartRepoUrl", "chartHome", "chartRepoName", "helmBin", "helmHome", "values", "valuesLocal",
            "valuesMerge", "releaseName", "releaseNamespace", "extraArgs");
        _ = (fields.String("chartRepoName"), fields.String("helmBin"), fields.String("releaseNamespace"), fields.Strings("extraArgs"));
        var chart = new HelmChart(fields.String("chartName"), node.Position)
        {
            Version = fields.String("chartVersion"),
            Repo = fields.String("chartRepoUrl"),
            ValuesFile = fields.LocatedString("values"),
            ValuesInline = fields.Mapping("valuesLocal"),
            ValuesMerge = fields.String("valuesMerge"),
            ReleaseName = fields.String("releaseName"),
        };
        return new LegacyHelmChart(chart, fields.String("chartHome"), fields.String("helmHome"));
    }

    /// <summary>Only a kustomization's own fields are checked strictly; kustomize passes over unknown fields of objects that configure transformers.</summary>
    private FieldReader Fields(YamlNode node, string what, bool strict, params ReadOnlySpan<string> known) =>
        !strict && node is MappingNode mapping ? new FieldReader(mapping, what, bag) : new FieldReader(node, what, bag, known);

    private static GroupVersionKind TypeOf(FieldReader fields) => new(fields.String("group"), fields.String("version"), fields.String("kind"));
}

/// <summary>An entry of the deprecated <c>helmChartInflationGenerator</c>: a chart, and what has become <c>helmGlobals</c>.</summary>
internal sealed record LegacyHelmChart(HelmChart Chart, string ChartHome, string ConfigHome);
