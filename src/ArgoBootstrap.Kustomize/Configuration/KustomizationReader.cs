using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Decodes a kustomization file, strictly: every unknown field and wrong type is reported with its place.</summary>
public static class KustomizationReader
{
    private const string KustomizationApiVersion = "kustomize.config.k8s.io/v1beta1";
    private const string ComponentApiVersion = "kustomize.config.k8s.io/v1alpha1";

    /// <summary>The deprecated fields, in the order in which kustomize warns of them, and what replaces each.</summary>
    private static readonly (string Field, string Replacement)[] Deprecated =
    [
        ("bases", "resources"),
        ("commonLabels", "labels"),
        ("imageTags", "images"),
        ("patchesJson6902", "patches"),
        ("patchesStrategicMerge", "patches"),
        ("vars", "replacements"),
    ];

    /// <summary>What replaces a deprecated field.</summary>
    /// <param name="field">Name of the deprecated field.</param>
    public static string ReplacementOf(string field) => Array.Find(Deprecated, d => d.Field == field).Replacement;

    /// <summary>Decodes a kustomization file.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">The file.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <exception cref="KustomizeException">The file is not a kustomization; every mistake in it is named.</exception>
    public static Kustomization Read(ReadOnlySpan<byte> text, SourceFile file, YamlLimits? limits = null)
    {
        YamlNode? document = YamlReader.ReadFirst(text, file, limits, out SourcePosition? ignored);
        var start = new SourcePosition(file, 1, 1);
        // kustomize decodes the first document and never looks at others.
        if (document is null or { IsNull: true })
        {
            throw Empty(start);
        }
        if (ForeignDocument.Describe(document, file) is Diagnostic foreign)
        {
            throw new KustomizeException([foreign]);
        }
        var bag = new DiagnosticBag();
        var fields = new FieldReader(document, "a kustomization", bag, KustomizationFields.Names);
        Kustomization kustomization = Decode(fields, file, bag);
        CheckType(fields, bag);
        bag.ThrowIfAny();
        if (IsEmpty(fields))
        {
            throw Empty(start);
        }
        return kustomization with { IgnoredDocument = ignored, Remarks = [.. DeceivingText.In(document)] };
    }

    private static Kustomization Decode(FieldReader fields, SourceFile file, DiagnosticBag bag)
    {
        var entries = new EntryReader(bag);
        IReadOnlyList<LegacyHelmChart> legacyCharts = fields.List("helmChartInflationGenerator", entries.LegacyHelmChart);
        if (fields.Mapping("metadata") is MappingNode metadata)
        {
            var meta = new FieldReader(metadata, "'metadata'", bag, "name", "namespace", "labels", "annotations");
            _ = (meta.String("name"), meta.String("namespace"), meta.StringMap("labels"), meta.StringMap("annotations"));
        }
        return new Kustomization
        {
            File = file,
            Kind = fields.String("kind") is { Length: > 0 } kind ? kind : Kustomization.KustomizationKind,
            OpenApi = entries.OpenApi(fields),
            NamePrefix = fields.String("namePrefix"),
            NameSuffix = fields.String("nameSuffix"),
            Namespace = fields.LocatedString("namespace"),
            CommonLabels = fields.StringMap("commonLabels"),
            Labels = fields.List("labels", entries.Label),
            CommonAnnotations = fields.StringMap("commonAnnotations"),
            PatchesStrategicMerge = fields.Strings("patchesStrategicMerge"),
            PatchesJson6902 = fields.List("patchesJson6902", entries.Patch),
            Patches = fields.List("patches", entries.Patch),
            Images = [.. fields.List("images", entries.Image), .. fields.List("imageTags", entries.Image)],
            Replacements = fields.Sequence("replacements"),
            Replicas = fields.List("replicas", entries.Replica),
            Vars = fields.Sequence("vars"),
            SortOptions = entries.SortOptions(fields),
            Resources = [.. fields.Strings("resources"), .. fields.Strings("bases")],
            Components = fields.Strings("components"),
            Crds = fields.Strings("crds"),
            ConfigMapGenerator = fields.List("configMapGenerator", n => entries.Generator(n, secret: false)),
            SecretGenerator = fields.List("secretGenerator", n => entries.Generator(n, secret: true)),
            HelmGlobals = entries.HelmGlobals(fields, legacyCharts),
            HelmCharts = [.. fields.List("helmCharts", entries.HelmChart), .. legacyCharts.Select(c => c.Chart)],
            GeneratorOptions = entries.GeneratorOptions(fields, "generatorOptions"),
            Configurations = fields.Strings("configurations"),
            Generators = fields.Strings("generators"),
            Transformers = fields.Strings("transformers"),
            Validators = fields.Strings("validators"),
            BuildMetadata = [.. fields.Strings("buildMetadata").Select(s => s.Value)],
            DeprecatedFields = [.. Deprecated.Where(d => fields.Node(d.Field) is not null).Select(d => new Located<string>(d.Field, fields.KeyPosition(d.Field)))],
        };
    }

    private static void CheckType(FieldReader fields, DiagnosticBag bag)
    {
        Located<string> kind = fields.LocatedString("kind");
        Located<string> apiVersion = fields.LocatedString("apiVersion");
        if (kind.Value is not ("" or Kustomization.KustomizationKind or Kustomization.ComponentKind))
        {
            bag.Error(
                DiagnosticIds.InvalidValue,
                $"'kind' must be {Kustomization.KustomizationKind} or {Kustomization.ComponentKind}, but is '{kind.Value}'.",
                kind.Position,
                "Correct it, or leave it out for a Kustomization.");
        }
        string required = kind.Value == Kustomization.ComponentKind ? ComponentApiVersion : KustomizationApiVersion;
        if (apiVersion.Value.Length > 0 && apiVersion.Value != required)
        {
            bag.Error(
                DiagnosticIds.InvalidValue,
                $"'apiVersion' of a {(kind.Value.Length > 0 ? kind.Value : Kustomization.KustomizationKind)} must be {required}, but is '{apiVersion.Value}'.",
                apiVersion.Position,
                $"Write apiVersion: {required}, or leave it out.");
        }
    }

    /// <summary>kustomize calls a file empty when nothing but its type is set; an empty list counts as set, an empty string does not.</summary>
    private static bool IsEmpty(FieldReader fields) =>
        fields.Present.All(f => f is "apiVersion" or "kind" || (fields.Node(f) is ScalarNode && fields.String(f).Length == 0));

    private static KustomizeException Empty(SourcePosition position) => new(
        DiagnosticIds.InvalidValue,
        "The kustomization file is empty: it names nothing to build and nothing to change.",
        position,
        "Name at least one file or folder under 'resources', or something to generate.");
}
