using System.Security.Cryptography;
using System.Text;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>The example repository, the older form of it, and Argo CD's own manifests, against recorded outputs and, where there is one, the real binary.</summary>
public sealed class RecordedOutputTests
{
    private static string Expected => Path.Join(RepositoryFiles.Root, "tests", "fixtures", "expected");

    public static TheoryData<string> Examples => Overlays("apps");

    public static TheoryData<string> OlderForm => Overlays("vars-repository");

    public static TheoryData<string, string, long> ArgoCD
    {
        get
        {
            var data = new TheoryData<string, string, long>();
            foreach (string line in File.ReadLines(Path.Join(Expected, "argo-cd.sha256")))
            {
                string[] parts = line.Split("  ");
                data.Add(parts[2], parts[0], long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_example_repository_renders_to_the_recorded_bytes(string overlay) =>
        Check(Path.Join(RepositoryFiles.Root, "apps", overlay), "apps", overlay);

    [Theory]
    [MemberData(nameof(OlderForm))]
    public void The_older_form_renders_to_the_recorded_bytes(string overlay) =>
        Check(Path.Join(RepositoryFiles.Root, "tests", "fixtures", "vars-repository", overlay), "vars-repository", overlay);

    [Theory]
    [MemberData(nameof(ArgoCD))]
    public void Argo_CDs_manifests_render_to_the_recorded_bytes(string path, string hash, long length)
    {
        string root = RepositoryFiles.SharedOrSkip("data/argo-cd");
        byte[] output = Encoding.UTF8.GetBytes(new KustomizeBuilder().Build(Path.Join(root, path)).ToYaml());
        Assert.Equal(length, output.LongLength);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(output)));
    }

    [Fact]
    public void Every_overlay_of_the_example_is_recorded()
    {
        string overlays = Path.Join(RepositoryFiles.Root, "apps", "system", "overlays");
        IEnumerable<string> folders = Directory.EnumerateFiles(overlays, "kustomization.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Join(RepositoryFiles.Root, "apps"), Path.GetDirectoryName(f)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
        Assert.Equal(folders, Names("apps"));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_example_repository_renders_to_what_the_real_binary_prints(string overlay)
    {
        string folder = Path.Join(RepositoryFiles.Root, "apps", overlay);
        (int exitCode, string output, string error) = Oracle.Build(folder);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(output, new KustomizeBuilder().Build(folder).ToYaml());
        Assert.Empty(new KustomizeBuilder().Build(folder).Warnings);
    }

    private static void Check(string folder, string collection, string overlay)
    {
        string recorded = File.ReadAllText(Path.Join(Expected, collection, overlay.Replace("/", "__", StringComparison.Ordinal) + ".yaml"));
        Assert.Equal(recorded, new KustomizeBuilder().Build(folder).ToYaml());
    }

    private static TheoryData<string> Overlays(string collection) => [.. Names(collection)];

    private static IEnumerable<string> Names(string collection) =>
        Directory.EnumerateFiles(Path.Join(Expected, collection), "*.yaml")
            .Select(f => Path.GetFileNameWithoutExtension(f).Replace("__", "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
