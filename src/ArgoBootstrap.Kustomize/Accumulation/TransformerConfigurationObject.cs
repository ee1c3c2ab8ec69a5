using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>An object that configures a built-in transformer: <c>apiVersion: builtin</c>.</summary>
internal sealed class TransformerConfigurationObject
{
    private static readonly string[] Kinds =
    [
        "AnnotationsTransformer", "HashTransformer", "ImageTagTransformer", "LabelTransformer", "NamespaceTransformer", "PatchJson6902Transformer",
        "PatchStrategicMergeTransformer", "PatchTransformer", "PrefixSuffixTransformer", "PrefixTransformer", "SuffixTransformer",
        "ReplacementTransformer", "ReplicaCountTransformer", "ValueAddTransformer",
    ];

    private readonly Resource _configuration;
    private readonly RootLoader _loader;
    private readonly KubernetesSchema _schema;
    private readonly List<Diagnostic> _warnings;
    private readonly DiagnosticBag _bag = new();
    private readonly FieldReader _fields;
    private readonly EntryReader _entries;

    /// <summary>Takes an object.</summary>
    /// <param name="configuration">The object.</param>
    /// <param name="loader">Reads files.</param>
    /// <param name="schema">The schema in force.</param>
    /// <param name="warnings">Receives warnings.</param>
    /// <exception cref="KustomizeException">The object needs a plugin.</exception>
    public TransformerConfigurationObject(Resource configuration, RootLoader loader, KubernetesSchema schema, List<Diagnostic> warnings)
    {
        _configuration = PluginSupport.Decoded(configuration);
        _loader = loader;
        _schema = schema;
        _warnings = warnings;
        _fields = new FieldReader(_configuration.Node, $"a {configuration.Kind}", _bag);
        _entries = new EntryReader(_bag);
    }

    /// <summary>The transformer that the object configures.</summary>
    /// <exception cref="KustomizeException">There is no such transformer, or its configuration cannot be used.</exception>
    public IResourceTransformer Transformer()
    {
        IResourceTransformer transformer = _configuration.Kind switch
        {
            "AnnotationsTransformer" => new KeyValueTransformer(_fields.StringMap("annotations"), FieldSpecs()),
            "HashTransformer" => new HashTransformer(),
            "ImageTagTransformer" => new ImageTransformer(_entries.Image(_fields.Node("imageTag") ?? MappingNode.Empty, strict: false), FieldSpecs()),
            "LabelTransformer" => new KeyValueTransformer(_fields.StringMap("labels"), FieldSpecs()),
            "NamespaceTransformer" => Namespace(),
            "PatchJson6902Transformer" => Patches.Json6902(_entries.Patch(_fields, text: "jsonOp")),
            "PatchStrategicMergeTransformer" => Patches.StrategicMerge([.. _fields.Strings("paths"), .. Inline("patches")], _configuration.Node.Position.File),
            "PatchTransformer" => Patches.Patch(_entries.Patch(_fields, text: "patch")),
            "PrefixSuffixTransformer" => new TransformerSequence(Affix("prefix", isPrefix: true), Affix("suffix", isPrefix: false)),
            "PrefixTransformer" => Affix("prefix", isPrefix: true),
            "SuffixTransformer" => Affix("suffix", isPrefix: false),
            "ReplacementTransformer" => new ReplacementTransformer(_fields.Sequence("replacements") is SequenceNode entries ? new ReplacementLoader(_loader, _warnings).Load(entries) : []),
            "ReplicaCountTransformer" => new ReplicaTransformer(_entries.Replica(_fields.Node("replica") ?? MappingNode.Empty, strict: false), FieldSpecs()),
            "ValueAddTransformer" => ValueAdd(),
            _ => throw PluginSupport.Unknown(_configuration, "transformer", Kinds),
        };
        _bag.ThrowIfAny();
        return transformer;
    }

    private PatchLoader Patches => new(_loader, _schema);

    private IReadOnlyList<FieldSpec> FieldSpecs(bool readsTypesAsText = false) => _fields.List("fieldSpecs", n => _entries.FieldSpec(n, strict: false, readsTypesAsText));

    private IEnumerable<Located<string>> Inline(string field) => _fields.LocatedString(field) is { Value.Length: > 0 } text ? [text] : [];

    private NameAffixTransformer Affix(string field, bool isPrefix)
    {
        _fields.Require("fieldSpecs", "Say which fields are changed, metadata/name for instance.");
        return new NameAffixTransformer(_fields.String(field), isPrefix, FieldSpecs(readsTypesAsText: true));
    }

    private NamespaceTransformer Namespace()
    {
        var metadata = new FieldReader(_fields.Mapping("metadata") ?? MappingNode.Empty, "'metadata'", _bag);
        Located<string> mode = _fields.LocatedString("setRoleBindingSubjects");
        RoleBindingSubjects subjects = RoleBindingSubjects.DefaultOnly;
        switch (mode.Value)
        {
            case "" or "defaultOnly":
                break;
            case "allServiceAccounts":
                subjects = RoleBindingSubjects.AllServiceAccounts;
                break;
            case "none":
                subjects = RoleBindingSubjects.None;
                break;
            default:
                _bag.Error(
                    DiagnosticIds.InvalidValue, $"'setRoleBindingSubjects' is '{mode.Value}'.", mode.Position,
                    "It must be defaultOnly, allServiceAccounts or none." + NameSuggestion.Sentence(mode.Value, ["defaultOnly", "allServiceAccounts", "none"]));
                break;
        }
        return new NamespaceTransformer(metadata.LocatedString("namespace"), FieldSpecs(), _fields.Boolean("unsetOnly"), subjects);
    }

    private ValueAddTransformer ValueAdd()
    {
        var targets = new List<ValueAddTarget>(_fields.List("targets", Target));
        Located<string> path = _fields.LocatedString("targetFilePath");
        if (path.Value.Length > 0 && _loader.Load(path, "targetFilePath").Documents is [YamlNode document, ..])
        {
            targets.AddRange(new FieldReader(document as MappingNode ?? MappingNode.Empty, "a file of targets", _bag).List("targets", Target));
        }
        if (targets.Count == 0)
        {
            _bag.Error(DiagnosticIds.MissingField, "A ValueAddTransformer needs at least one target.", _configuration.Node.Position, "Name one under 'targets'.");
        }
        string value = _fields.String("value").Trim();
        return new ValueAddTransformer(value.Length > 0 ? value : Path.GetFileName(_loader.Root), targets);
    }

    private ValueAddTarget Target(YamlNode node)
    {
        var fields = new FieldReader(node as MappingNode ?? MappingNode.Empty, "a target", _bag);
        string path = fields.String("fieldPath");
        long position = fields.Integer("filePathPosition");
        if (path.Length == 0)
        {
            _bag.Error(DiagnosticIds.MissingField, "A target of a ValueAddTransformer has no 'fieldPath'.", node.Position, "Name the field.");
        }
        if (position < 0)
        {
            _bag.Error(DiagnosticIds.InvalidValue, "'filePathPosition' must not be negative.", node.Position, "Count from 1; 0 replaces the whole field.");
        }
        TargetSelector? selector = fields.Mapping("selector") is MappingNode selected ? PatchLoader.Selector(_entries.Selector(selected, "'selector'", strict: false)) : null;
        return new ValueAddTarget(selector, FieldPath.ParseSlashed(path), (int)Math.Clamp(position, 0, int.MaxValue), node.Position);
    }
}
