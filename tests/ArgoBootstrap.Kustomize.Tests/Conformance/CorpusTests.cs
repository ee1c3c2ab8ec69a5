using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>Cases taken from kustomize's own tests, with what the real kustomize 5.8.1 printed. They lie beside the repository; where they do not, one skipped test says so.</summary>
public sealed class CorpusTests
{
    private const string Absent = "(none)";

    public static TheoryData<string> Corpus => Cases("corpus");

    public static TheoryData<string> Probes => Cases("kustomize/probes");

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Prints_what_kustomize_prints(string name) => Check("corpus", name);

    [Theory]
    [MemberData(nameof(Probes))]
    public void Prints_what_kustomize_prints_for_the_finer_points(string name) => Check("kustomize/probes", name);

    private static TheoryData<string> Cases(string folder)
    {
        var data = new TheoryData<string>();
        string? path = RepositoryFiles.Shared(folder);
        if (path is null)
        {
            data.Add(Absent);
            return data;
        }
        foreach (string name in Directory.GetDirectories(path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal))
        {
            data.Add(name);
        }
        return data;
    }

    private static void Check(string folder, string name)
    {
        Assert.SkipWhen(name == Absent, $"../shared/{folder} is not there: the conformance cases did not run");
        var test = new CorpusCase(Path.Join(RepositoryFiles.SharedOrSkip(folder), name));
        Assert.Empty(test.UnknownFlags);
        if (test.ExpectsError)
        {
            KustomizeException e = Assert.Throws<KustomizeException>(() => new KustomizeBuilder(test.Options).Build(test.Root).ToYaml());
            Assert.All(e.Diagnostics, d => Assert.False(string.IsNullOrWhiteSpace(d.Message) || string.IsNullOrWhiteSpace(d.Remedy)));
            Assert.All(e.Diagnostics, d => Assert.NotEqual("(generated)", d.Position.File.Path));
            return;
        }
        Assert.Equal(test.Expected, new KustomizeBuilder(test.Options).Build(test.Root).ToYaml());
        if (test.IsUnordered)
        {
            KustomizeOptions inOrder = test.Options with { Reorder = Reorder.Legacy };
            Assert.Equal(test.ExpectedInDefaultOrder, new KustomizeBuilder(inOrder).Build(test.Root).ToYaml());
        }
    }
}
