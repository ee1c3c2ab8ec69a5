using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>The cases of the folder <c>cases</c>: a tree each, with what the real kustomize printed (record-cases.sh), or what our refusal must name.</summary>
public sealed class OwnCaseTests
{
    private static string Folder => Path.Join(RepositoryFiles.Root, "tests", "ArgoBootstrap.Kustomize.Tests", "cases");

    public static TheoryData<string> Outputs => Names("expected.yaml");

    public static TheoryData<string> Refusals => Names("error.txt");

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Prints_what_kustomize_printed(string name) =>
        Assert.Equal(File.ReadAllText(Path.Join(Folder, name, "expected.yaml")), new KustomizeBuilder().Build(Root(name)).ToYaml());

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_with_a_message_that_names_place_and_cause(string name)
    {
        KustomizeException e = Assert.Throws<KustomizeException>(() => new KustomizeBuilder().Build(Root(name)).ToYaml());
        string[] expected = File.ReadAllLines(Path.Join(Folder, name, "error.txt"));
        Assert.Contains(e.Diagnostics, d => d.Id == expected[0] && Array.TrueForAll(expected[1..], d.ToString().Replace('\\', '/').Contains));
    }

    [Fact]
    public void Objects_are_labelled_where_the_options_say_so()
    {
        string marked = new KustomizeBuilder(new KustomizeOptions { EnableManagedByLabel = true }).Build(Root("labels")).ToYaml();
        string plain = new KustomizeBuilder().Build(Root("labels")).ToYaml();
        Assert.DoesNotContain("managed-by", plain, StringComparison.Ordinal);
        Assert.Equal(plain.Split("\n---\n").Length, marked.Split("app.kubernetes.io/managed-by: kustomize-v5.8.1").Length - 1);
    }

    [Fact]
    public void Every_case_expects_something() =>
        Assert.All(Directory.GetDirectories(Folder), folder => Assert.True(File.Exists(Path.Join(folder, "expected.yaml")) || File.Exists(Path.Join(folder, "error.txt")), folder));

    private static string Root(string name)
    {
        string input = Path.Join(Folder, name, "input");
        string overlay = Path.Join(input, "overlay");
        return Directory.Exists(overlay) ? overlay : input;
    }

    private static TheoryData<string> Names(string file) =>
        [.. Directory.GetDirectories(Folder).Where(folder => File.Exists(Path.Join(folder, file))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];
}
