using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Tests.Loading;

/// <summary>Every file that a build opens lies in or below the root of the kustomization that opens it, links followed.</summary>
public sealed class FileGateTests : IDisposable
{
    private const string Text = "a: b\n";
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
    private const string Transformer = "apiVersion: builtin\nkind: PrefixTransformer\nmetadata:\n  name: t\nprefix: x-\n";
    private const string Generator = "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata:\n  name: g\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("file-gate");

    public FileGateTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "To make links takes a privilege on Windows.");

    /// <summary>Each field that names a file: the kustomization, and what the file holds.</summary>
    public static TheoryData<string, string> Fields => new()
    {
        { "resources: [f]", ConfigMap },
        { "resources: [cm.yaml]\npatches: [{path: f}]", ConfigMap },
        { "resources: [cm.yaml]\npatches: [{path: f, target: {kind: ConfigMap}}]", "- {op: add, path: /data, value: {a: b}}\n" },
        { "resources: [cm.yaml]\npatchesStrategicMerge: [f]", ConfigMap },
        { "resources: [cm.yaml]\npatchesJson6902: [{path: f, target: {version: v1, kind: ConfigMap, name: a}}]", "- {op: add, path: /data, value: {a: b}}\n" },
        { "configMapGenerator: [{name: m, files: [f]}]", Text },
        { "configMapGenerator: [{name: m, files: [k=f]}]", Text },
        { "configMapGenerator: [{name: m, envs: [f]}]", "A=b\n" },
        { "configMapGenerator: [{name: m, env: f}]", "A=b\n" },
        { "secretGenerator: [{name: m, files: [f]}]", Text },
        { "secretGenerator: [{name: m, envs: [f]}]", "A=b\n" },
        { "resources: [cm.yaml]\ncrds: [f]", "{}\n" },
        { "resources: [cm.yaml]\nconfigurations: [f]", "namePrefix: []\n" },
        { "resources: [cm.yaml]\nopenapi: {path: f}", "{\"definitions\": {}}\n" },
        { "resources: [cm.yaml]\nreplacements: [{path: f}]", "source: {kind: ConfigMap}\ntargets: []\n" },
        { "resources: [cm.yaml]\ntransformers: [f]", Transformer },
        { "resources: [cm.yaml]\nvalidators: [f]", Transformer },
        { "generators: [f]", Generator },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_link_to_a_file_outside_is_refused_in_every_field(string kustomization, string content)
    {
        Write("real/secret", content);
        Write("o/cm.yaml", ConfigMap);
        Write("o/kustomization.yaml", kustomization + "\n");
        Link("o/f", "../real/secret");

        Diagnostic found = Refusal("o");

        Assert.Equal(DiagnosticIds.OutsideRoot, found.Id);
        Assert.EndsWith($"o{Path.DirectorySeparatorChar}kustomization.yaml", found.Position.File.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("a: b", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_file_through_a_linked_folder_outside_is_refused_in_every_field(string kustomization, string content)
    {
        Write("real/f", content);
        Write("o/cm.yaml", ConfigMap);
        Write("o/kustomization.yaml", kustomization.Replace("path: f", "path: l/f", StringComparison.Ordinal)
            .Replace("[f]", "[l/f]", StringComparison.Ordinal).Replace("k=f", "k=l/f", StringComparison.Ordinal).Replace("env: f", "env: l/f", StringComparison.Ordinal) + "\n");
        Link("o/l", "../real");

        Assert.Equal(DiagnosticIds.OutsideRoot, Refusal("o").Id);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_link_to_a_file_inside_is_followed_in_every_field(string kustomization, string content)
    {
        Write("o/real/f", content);
        Write("o/cm.yaml", ConfigMap);
        Write("o/kustomization.yaml", kustomization + "\n");
        Link("o/f", "real/f");

        try
        {
            new KustomizeBuilder().Build(At("o"));
        }
        catch (KustomizeException refused)
        {
            Assert.DoesNotContain(refused.Diagnostics, d => d.Id == DiagnosticIds.OutsideRoot);
        }
    }

    [Theory]
    [InlineData("kustomization.yaml")]
    [InlineData("kustomization.yml")]
    [InlineData("Kustomization")]
    public void A_kustomization_file_that_is_a_link_outside_is_refused(string name)
    {
        Write("real/k.yaml", "resources: [cm.yaml]\nsecretKey: x\n");
        Write("o/cm.yaml", ConfigMap);
        Link("o/" + name, "../real/k.yaml");

        Diagnostic found = Refusal("o");

        Assert.Equal(DiagnosticIds.OutsideRoot, found.Id);
        Assert.Equal("This kustomization file is a link to a file outside its folder.", found.Message);
        Assert.EndsWith(name, found.Position.File.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resources", "Kustomization", "v1beta1")]
    [InlineData("components", "Component", "v1alpha1")]
    public void A_linked_kustomization_file_of_a_base_or_component_is_refused(string field, string kind, string version)
    {
        Write("real/k.yaml", $"apiVersion: kustomize.config.k8s.io/{version}\nkind: {kind}\nresources: [cm.yaml]\n");
        Write("b/cm.yaml", ConfigMap);
        Link("b/kustomization.yaml", "../real/k.yaml");
        Write("o/kustomization.yaml", $"{field}: [../b]\n");

        Diagnostic found = Refusal("o");

        Assert.Equal(DiagnosticIds.OutsideRoot, found.Id);
        Assert.Contains($"b{Path.DirectorySeparatorChar}kustomization.yaml", found.Position.File.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_kustomization_file_inside_is_followed()
    {
        Write("o/sub/k.yaml", "resources: [cm.yaml]\n");
        Write("o/cm.yaml", ConfigMap);
        Link("o/kustomization.yaml", "sub/k.yaml");

        Assert.Contains("name: a", new KustomizeBuilder().Build(At("o")).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_kustomization_file_outside_is_passed_over_beside_another_one()
    {
        Write("real/k.yaml", "resources: [missing.yaml]\n");
        Write("o/cm.yaml", ConfigMap);
        Link("o/kustomization.yaml", "../real/k.yaml");
        Write("o/kustomization.yml", "resources: [cm.yaml]\n");

        Assert.Contains("name: a", new KustomizeBuilder().Build(At("o")).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_file_may_be_read_where_that_is_asked_for()
    {
        Write("real/k.yaml", "resources: [cm.yaml]\n");
        Write("real/cm.yaml", ConfigMap);
        Link("o/kustomization.yaml", "../real/k.yaml");
        Link("o/cm.yaml", "../real/cm.yaml");

        var builder = new KustomizeBuilder(new KustomizeOptions { LoadRestriction = LoadRestriction.None });

        Assert.Contains("name: a", builder.Build(At("o")).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_is_not_taken_over_when_a_file_of_it_has_become_a_link_outside()
    {
        Write("real/cm.yaml", ConfigMap);
        Write("b/cm.yaml", ConfigMap);
        Write("b/kustomization.yaml", "resources: [cm.yaml]\n");
        Write("o/kustomization.yaml", "resources: [../b]\n");
        var builder = new KustomizeBuilder();
        builder.Build(At("o"));
        File.Delete(At("b/cm.yaml"));
        Link("b/cm.yaml", "../real/cm.yaml");

        KustomizeException refused = Assert.Throws<KustomizeException>(() => builder.Build(At("o")));

        Assert.Equal(DiagnosticIds.OutsideRoot, Assert.Single(refused.Diagnostics).Id);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Diagnostic Refusal(string folder) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => new KustomizeBuilder().Build(At(folder))).Diagnostics);

    private string At(string path) => Path.Join(_folder.FullName, path);

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    private void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }
}
