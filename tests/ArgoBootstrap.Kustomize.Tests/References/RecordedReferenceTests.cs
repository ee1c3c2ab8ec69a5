using System.Text;
using System.Text.Json;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.References;

/// <summary>
/// Small kustomizations of nothing but resources, replacements, vars and configurations, and what kustomize 5.8.1 printed
/// for them; those without an expectation are the ones that it refuses.
/// </summary>
public sealed class RecordedReferenceTests
{
    private static readonly Dictionary<string, Case> Cases = Load();

    public static TheoryData<string> Printed => [.. Cases.Values.Where(c => c.Expected is not null).Select(c => c.Name)];

    public static TheoryData<string> Refused => [.. Cases.Values.Where(c => c.Expected is null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Printed))]
    public void PrintsWhatKustomizePrints(string name) => Assert.Equal(Cases[name].Expected, Build(Cases[name]));

    [Theory]
    [MemberData(nameof(Refused))]
    public void RefusesWhatKustomizeRefusesAtAPlace(string name)
    {
        KustomizeException error = Assert.Throws<KustomizeException>(() => Build(Cases[name]));

        Diagnostic diagnostic = Assert.Single(error.Diagnostics);
        Assert.NotEqual("", diagnostic.Remedy);
        Assert.True(diagnostic.Position.Line > 0, diagnostic.ToString());
    }

    private static string Build(Case given)
    {
        var kustomization = (MappingNode)Read(given, "kustomization.yaml")!;
        var map = new ResourceMap(Objects.Read(given.Files["r.yaml"]));
        new ReplacementTransformer([.. Replacements(given, kustomization["replacements"])]).Transform(map);

        TransformerConfiguration configuration = DefaultTransformerConfiguration.Instance;
        if (kustomization["configurations"] is SequenceNode names)
        {
            TransformerConfiguration own = TransformerConfigurationReader.Read(Read(given, ((ScalarNode)names[0]).Value) ?? ScalarNode.Null);
            configuration = TransformerConfigurationMerger.Merge(configuration, own, names.Position);
            configuration = TransformerConfigurationMerger.Merge(TransformerConfiguration.Empty, configuration, names.Position);
        }
        IReadOnlyList<Variable> variables = kustomization["vars"] is { } vars ? VariableReader.Read(vars) : [];
        VariableSet.Bind(variables, map);
        VariableSet set = VariableSet.Empty.With(variables);
        new NameReferenceTransformer(configuration.NameReferences).Transform(map);
        new VariableTransformer(set, configuration.VariableReferences).Transform(map);
        LegacySort.Sort(map);
        return Objects.Print(map);
    }

    private static IEnumerable<Replacement> Replacements(Case given, YamlNode? node)
    {
        foreach (ReplacementEntry entry in node is null ? [] : ReplacementReader.Read(node))
        {
            IReadOnlyList<Replacement> replacements = entry.Path.Length > 0 ? ReplacementReader.ReadFile(Read(given, entry.Path)!) : [entry.Inline];
            foreach (Replacement replacement in replacements)
            {
                yield return replacement;
            }
        }
    }

    private static YamlNode? Read(Case given, string name) =>
        YamlReader.ReadAll(Encoding.UTF8.GetBytes(given.Files[name]), new SourceFile(name)) is [var first, ..] ? first : null;

    private static Dictionary<string, Case> Load()
    {
        string path = RepositoryFiles.Combine("tests/ArgoBootstrap.Kustomize.Tests/References/cases/recorded.json");
        JsonSerializerOptions options = new() { PropertyNameCaseInsensitive = true };
        return JsonSerializer.Deserialize<Case[]>(File.ReadAllText(path), options)!.ToDictionary(c => c.Name);
    }

    private sealed record Case(string Name, Dictionary<string, string> Files, string? Expected);
}
