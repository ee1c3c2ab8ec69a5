using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Tests.Accumulation;

/// <summary>What several builds share, and what they must not.</summary>
public sealed class KustomizeSessionTests
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  level: LEVEL\n";
    private readonly CountingFiles _files = new();

    [Fact]
    public void A_shared_layer_is_read_once_for_all_overlays()
    {
        _files.Add("/r/base/kustomization.yaml", "resources: [settings.yaml]\n").Add("/r/base/settings.yaml", ConfigMap);
        for (int i = 0; i < 20; i++)
        {
            _files.Add($"/r/c{i}/kustomization.yaml", $"resources: [../base]\nnamePrefix: c{i}-\n");
        }
        KustomizeSession session = Builder().BeginSession();
        string[] outputs = new string[20];
        Parallel.For(0, 20, i => outputs[i] = session.Build($"/r/c{i}").ToYaml());
        Assert.All(outputs.Index(), o => Assert.Contains($"name: c{o.Index}-settings", o.Item, StringComparison.Ordinal));
        Assert.Equal(1, _files.ReadsOf("/r/base/settings.yaml"));
    }

    [Fact]
    public void An_edited_file_is_seen_by_the_next_build_even_when_its_length_is_the_same()
    {
        _files.Add("/r/base/kustomization.yaml", "resources: [settings.yaml]\n").Add("/r/base/settings.yaml", ConfigMap);
        _files.Add("/r/top/kustomization.yaml", "resources: [../base]\n");
        KustomizeBuilder builder = Builder();
        Assert.Contains("level: LEVEL", builder.Build("/r/top").ToYaml(), StringComparison.Ordinal);
        _files.Add("/r/base/settings.yaml", ConfigMap.Replace("LEVEL", "DEBUG", StringComparison.Ordinal));
        Assert.Contains("level: DEBUG", builder.Build("/r/top").ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_missing_is_seen_when_it_appears()
    {
        _files.Add("/r/base/kustomization.yaml", "resources: [settings.yaml]\n");
        _files.Add("/r/top/kustomization.yaml", "resources: [../base]\n");
        KustomizeBuilder builder = Builder();
        Assert.Equal(DiagnosticIds.FileNotFound, Assert.Single(Assert.Throws<KustomizeException>(() => builder.Build("/r/top")).Diagnostics).Id);
        _files.Add("/r/base/settings.yaml", ConfigMap);
        Assert.Contains("name: settings", builder.Build("/r/top").ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_broken_is_reported_to_every_overlay_with_its_own_chain()
    {
        _files.Add("/r/base/kustomization.yaml", "resources: [settings.yaml]\nnamePrefx: x\n").Add("/r/base/settings.yaml", ConfigMap);
        _files.Add("/r/a/kustomization.yaml", "resources: [../base]\n").Add("/r/b/kustomization.yaml", "resources: [../base]\n");
        KustomizeSession session = Builder().BeginSession();
        foreach (string overlay in new[] { "/r/a", "/r/b" })
        {
            Diagnostic found = Assert.Single(Assert.Throws<KustomizeException>(() => session.Build(overlay)).Diagnostics);
            Assert.Equal(DiagnosticIds.UnknownField, found.Id);
            Assert.Equal([$"{overlay}/kustomization.yaml", "/r/base/kustomization.yaml"], found.Chain.Select(Portable));
            Assert.Equal((2, 1), (found.Position.Line, found.Position.Column));
            Assert.Contains("namePrefix", found.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Overlays_that_lead_to_each_other_end_in_an_error_and_not_in_a_wait()
    {
        _files.Add("/r/a/kustomization.yaml", "resources: [../b]\n").Add("/r/b/kustomization.yaml", "resources: [../a]\n");
        for (int round = 0; round < 20; round++)
        {
            KustomizeSession session = Builder().BeginSession();
            Parallel.ForEach(new[] { "/r/a", "/r/b" }, root =>
                Assert.Equal(DiagnosticIds.Cycle, Assert.Single(Assert.Throws<KustomizeException>(() => session.Build(root)).Diagnostics).Id));
        }
    }

    [Fact]
    public void A_build_that_is_stopped_does_not_stop_others()
    {
        _files.Add("/r/base/kustomization.yaml", "resources: [settings.yaml]\n").Add("/r/base/settings.yaml", ConfigMap);
        _files.Add("/r/top/kustomization.yaml", "resources: [../base]\n");
        KustomizeSession session = Builder().BeginSession();
        Assert.Throws<OperationCanceledException>(() => session.Build("/r/top", new CancellationToken(canceled: true)));
        Assert.Contains("name: settings", session.Build("/r/top", TestContext.Current.CancellationToken).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Independent_mistakes_are_reported_together()
    {
        _files.Add("/r/top/kustomization.yaml", "resources:\n- one.yaml\n- settings.yml\n- settings.yaml\n").Add("/r/top/settings.yaml", ConfigMap);
        IReadOnlyList<Diagnostic> found = Assert.Throws<KustomizeException>(() => Builder().Build("/r/top")).Diagnostics;
        Assert.Equal([2, 3], found.Select(d => d.Position.Line));
        Assert.Contains("settings.yaml", found[1].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_in_an_inline_patch_is_the_one_in_the_file()
    {
        _files.Add("/r/top/settings.yaml", ConfigMap).Add("/r/top/kustomization.yaml", "resources: [settings.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: setings\n");
        Diagnostic found = Assert.Single(Assert.Throws<KustomizeException>(() => Builder().Build("/r/top")).Diagnostics);
        Assert.Equal(DiagnosticIds.TargetNotFound, found.Id);
        Assert.Equal(("/r/top/kustomization.yaml", 4, 5), (Portable(found.Position.File.Path), found.Position.Line, found.Position.Column));
    }

    [Fact]
    public void A_second_document_of_a_kustomization_file_is_passed_over_with_a_warning()
    {
        _files.Add("/r/top/settings.yaml", ConfigMap).Add("/r/top/kustomization.yaml", "resources: [settings.yaml]\n---\nnamePrefix: x-\n");
        RenderedOverlay overlay = Builder().Build("/r/top");
        Assert.Contains("name: settings", overlay.ToYaml(), StringComparison.Ordinal);
        Diagnostic warning = Assert.Single(overlay.Warnings);
        Assert.Equal((DiagnosticSeverity.Warning, 3), (warning.Severity, warning.Position.Line));
    }

    [Fact]
    public void A_second_document_of_a_file_of_replacements_is_passed_over_with_a_warning()
    {
        const string Replacement = "sourceValue: x\ntargets: [{select: {kind: Other}}]\n";
        _files.Add("/r/top/settings.yaml", ConfigMap).Add("/r/top/replacements.yaml", $"{Replacement}---\n{Replacement}").Add("/r/top/kustomization.yaml", "resources: [settings.yaml]\nreplacements: [{path: replacements.yaml}]\n");
        Diagnostic warning = Assert.Single(Builder().Build("/r/top").Warnings);
        Assert.Equal((DiagnosticSeverity.Warning, "replacements.yaml", 4), (warning.Severity, Path.GetFileName(warning.Position.File.Path), warning.Position.Line));
    }

    [Theory]
    [InlineData("resources: [\"a\\0b\"]\n")]
    [InlineData("components: [\"a\\0b\"]\n")]
    [InlineData("patches: [{path: \"a\\0b\"}]\n")]
    [InlineData("secretGenerator: [{name: s, files: [\"a\\0b\"]}]\n")]
    public void A_path_that_cannot_be_one_is_an_error_with_a_place(string kustomization)
    {
        _files.Add("/r/top/kustomization.yaml", kustomization);
        Diagnostic found = Assert.Single(Assert.Throws<KustomizeException>(() => Builder().Build("/r/top")).Diagnostics);
        Assert.Equal(1, found.Position.Line);
    }

    private KustomizeBuilder Builder() => new(new KustomizeOptions { Files = _files });

    private static string Portable(string path) => path.Replace('\\', '/')[path.IndexOf("/r/", StringComparison.Ordinal)..];

    /// <summary>Files in memory that count how often each is read.</summary>
    private sealed class CountingFiles : IFileSystem
    {
        private readonly InMemoryFileSystem _files = new();
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _reads = new();

        public CountingFiles Add(string path, string content)
        {
            _files.Add(path, content);
            return this;
        }

        public int ReadsOf(string path) => _reads.GetValueOrDefault(Path.GetFullPath(path));

        public bool FileExists(string path) => _files.FileExists(path);

        public bool DirectoryExists(string path) => _files.DirectoryExists(path);

        public byte[] ReadFile(string path, long maximumBytes)
        {
            _reads.AddOrUpdate(path, 1, (_, n) => n + 1);
            return _files.ReadFile(path, maximumBytes);
        }

        public string ResolveLinks(string path) => _files.ResolveLinks(path);

        public IReadOnlyList<string> ListNames(string path) => _files.ListNames(path);
    }
}
