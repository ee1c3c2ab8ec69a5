using ArgoBootstrap.Kustomize.Fuzz.Crashes;
using ArgoBootstrap.Kustomize.Fuzz.Differential;
using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>A short, fixed slice of what the fuzzer does all the time: random trees through the engine and the real kustomize, broken ones through the engine.</summary>
public sealed class RandomTreeTests
{
    private const int TreesPerTest = 25;

    [Theory]
    [InlineData(500_001)]
    [InlineData(500_101)]
    [InlineData(500_201)]
    [InlineData(500_301)]
    public void Random_trees_render_to_what_the_real_binary_prints(long seed)
    {
        Assert.SkipWhen(Oracle.Path is null, "no kustomize binary: neither $KUSTOMIZE nor the PATH has one");
        var reference = new Reference(Oracle.Path!);
        using var folder = new TemporaryFolder();
        for (int i = 0; i < TreesPerTest; i++)
        {
            var comparison = Comparison.Of(TreeMaker.Make(seed + i), reference, Path.Join(folder.Path, "tree"));
            Assert.True(comparison.Agrees, $"seed {seed + i}: {comparison.Difference}\nours: {comparison.Ours.Text}\nkustomize's: {comparison.Theirs.Text}");
        }
    }

    [Fact]
    public void A_seed_makes_the_same_tree_every_time()
    {
        FileTree one = TreeMaker.Make(7);
        FileTree other = TreeMaker.Make(7);
        Assert.Equal(one.Files.Keys, other.Files.Keys);
        Assert.All(one.Files.Keys, path => Assert.Equal(one.Files[path], other.Files[path]));
    }

    [Fact]
    public void Broken_trees_end_in_a_diagnostic_that_names_a_file()
    {
        for (long seed = 600_000; seed < 601_000; seed++)
        {
            FileTree tree = TreeMaker.Make(seed);
            new Mutator(new Dice(seed)).Mutate(tree);
            string root = Path.GetFullPath("/tree");
            var builder = new KustomizeBuilder(new KustomizeOptions { Files = tree.InMemory(root) });
            try
            {
                builder.Build(Path.Join(root, tree.Root)).ToYaml();
            }
            catch (Diagnostics.KustomizeException e)
            {
                Assert.All(e.Diagnostics, d => Assert.StartsWith(root, d.Position.File.Path, StringComparison.Ordinal));
            }
        }
    }
}
