using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Tests.Conformance;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Kustomizations over bases in Git repositories.</summary>
public sealed class RemoteBaseTests
{
    [Fact]
    public void A_folder_of_a_repository_is_built_as_a_base()
    {
        using var git = new GitHarness();
        git.Commit(("base/kustomization.yaml", Manifests.Kustomization("../shared")), ("shared/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("shared/map.yaml", Manifests.ConfigMap("a")));
        string overlay = git.Overlay("namePrefix: my-\n" + Manifests.Kustomization($"{git.Url}//base"));
        Assert.Equal(
            "apiVersion: v1\ndata:\n  key: \"1\"\nkind: ConfigMap\nmetadata:\n  name: my-a\n",
            Manifests.Builder(git.Cache).Build(overlay).ToYaml());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ref=main")]
    [InlineData("?ref=refs/heads/main")]
    [InlineData("?ref=light")]
    [InlineData("?version=annotated&timeout=1m&submodules=false")]
    public void Every_kind_of_ref_gives_what_kustomize_prints(string query)
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a", "old")));
        git.Git("tag", "light");
        git.Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "tag", "--annotate", "--message=x", "annotated");
        git.Commit(("map.yaml", Manifests.ConfigMap("a", "new")));
        string overlay = git.Overlay("buildMetadata: [originAnnotations]\n" + Manifests.Kustomization(git.Url + query));
        (int exitCode, string output, string error) = Oracle.Build(overlay);
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, Manifests.Builder(git.Cache).Build(overlay).ToYaml());
    }

    [Fact]
    public void A_tag_counts_before_a_branch_of_the_same_name()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("tagged")));
        git.Git("tag", "both");
        git.Commit(("map.yaml", Manifests.ConfigMap("branched")));
        git.Git("branch", "both");
        Assert.Contains("name: tagged", Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization(git.Url + "?ref=both"))).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Origins_name_repository_ref_and_path_as_kustomize_does()
    {
        using var git = new GitHarness();
        git.Commit(("a/kustomization.yaml", "configMapGenerator:\n- name: made\n  literals: [a=b]\n" + Manifests.Kustomization("deep", "map.yaml")), ("a/map.yaml", Manifests.ConfigMap("a")),
            ("a/deep/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("a/deep/map.yaml", Manifests.ConfigMap("deep")));
        string overlay = git.Overlay("buildMetadata: [originAnnotations, transformerAnnotations]\nnamePrefix: x-\n" + Manifests.Kustomization($"{git.Url}//a?ref=main"));
        (int exitCode, string output, string error) = Oracle.Build(overlay);
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, Manifests.Builder(git.Cache).Build(overlay).ToYaml());
    }

    [Fact]
    public void A_repository_is_built_directly_by_its_URL()
    {
        using var git = new GitHarness();
        git.Commit(("base/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("base/map.yaml", Manifests.ConfigMap("a")));
        string url = $"{git.Url}//base?ref=main";
        (int exitCode, string output, string error) = Oracle.Build(url);
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, Manifests.Builder(git.Cache).Build(url).ToYaml());
    }

    [Fact]
    public void A_branch_is_looked_at_anew_in_every_session()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a", "old")));
        string overlay = git.Overlay(Manifests.Kustomization(git.Url + "?ref=main"));
        KustomizeBuilder builder = Manifests.Builder(git.Cache);
        Assert.Contains("old", builder.Build(overlay).ToYaml(), StringComparison.Ordinal);
        git.Commit(("map.yaml", Manifests.ConfigMap("a", "new")));
        Assert.Contains("new", builder.Build(overlay).ToYaml(), StringComparison.Ordinal);
        Assert.Contains("new", Manifests.Builder(git.Cache, RemoteCachePolicy.PreferCache).Build(overlay).ToYaml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RemoteCachePolicy.Revalidate)]
    [InlineData(RemoteCachePolicy.PreferCache)]
    [InlineData(RemoteCachePolicy.CacheOnly)]
    public void A_commit_that_was_fetched_once_needs_no_repository(RemoteCachePolicy policy)
    {
        using var git = new GitHarness();
        string commit = git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        string overlay = git.Overlay(Manifests.Kustomization($"{git.Url}?ref={commit}"));
        string first = Manifests.Builder(git.Cache).Build(overlay).ToYaml();
        git.RemoveRepository();
        Assert.Equal(first, Manifests.Builder(git.Cache, policy).Build(overlay).ToYaml());
    }

    [Fact]
    public void A_branch_that_was_fetched_once_is_built_without_the_repository_when_the_cache_is_preferred()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        string overlay = git.Overlay(Manifests.Kustomization(git.Url + "?ref=main"));
        string first = Manifests.Builder(git.Cache).Build(overlay).ToYaml();
        git.RemoveRepository();
        Assert.Equal(first, Manifests.Builder(git.Cache, RemoteCachePolicy.PreferCache).Build(overlay).ToYaml());
        Diagnostic problem = Problem(Manifests.Builder(git.Cache), overlay);
        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.Equal(2, problem.Position.Line);
    }

    [Fact]
    public void Nothing_is_fetched_where_only_the_cache_may_be_used()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        Diagnostic problem = Problem(Manifests.Builder(git.Cache, RemoteCachePolicy.CacheOnly), git.Overlay(Manifests.Kustomization(git.Url)));
        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.Contains("CacheOnly", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Build once without RemoteCachePolicy CacheOnly", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_builds_at_once_share_one_clone()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        string[] overlays = [.. Enumerable.Range(0, 8).Select(i => git.Overlay($"namePrefix: p{i}-\n" + Manifests.Kustomization(git.Url + "?ref=main"), $"overlay{i}"))];
        // Half of them as if they were other processes: they share nothing but the cache.
        KustomizeSession session = Manifests.Builder(git.Cache).BeginSession();
        string[] outputs = await Task.WhenAll(overlays.Select((o, i) => Task.Run(() => i % 2 == 0 ? session.Build(o).ToYaml() : Manifests.Builder(git.Cache).Build(o).ToYaml())));
        Assert.All(outputs, (output, i) => Assert.Contains($"name: p{i}-a", output, StringComparison.Ordinal));
        Assert.Single(Directory.GetDirectories(Path.Join(Assert.Single(Directory.GetDirectories(Path.Join(git.Cache, "git"))), "commits")));
        Assert.Empty(Directory.GetDirectories(Path.Join(Assert.Single(Directory.GetDirectories(Path.Join(git.Cache, "git"))), "work")));
    }

    [Theory]
    [InlineData("?ref=nowhere", DiagnosticIds.RemoteUnavailable, "at 'nowhere'")]
    [InlineData("?ref=--upload-pack=touch", DiagnosticIds.InvalidValue, "'--upload-pack=touch' is not a branch")]
    [InlineData("?ref=a:b", DiagnosticIds.InvalidValue, "'a:b' is not a branch")]
    [InlineData("//bse", DiagnosticIds.FileNotFound, "no folder 'bse'")]
    [InlineData("//base/map.yaml", DiagnosticIds.WrongType, "is a file")]
    [InlineData("//out", DiagnosticIds.OutsideRoot, "leads out of the repository")]
    [InlineData("//greedy", DiagnosticIds.OutsideRoot, "lies outside the kustomization's folder")]
    public void What_cannot_be_had_is_told_with_its_place(string rest, string id, string message)
    {
        using var git = new GitHarness();
        Directory.CreateSymbolicLink(Path.Join(git.Repository, "out"), Path.GetTempPath());
        git.Commit(("base/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("base/map.yaml", Manifests.ConfigMap("a")), ("greedy/kustomization.yaml", Manifests.Kustomization("../base/map.yaml")));
        string overlay = git.Overlay(Manifests.Kustomization(git.Url + rest));
        var builder = new KustomizeBuilder(new KustomizeOptions { LoadRestriction = LoadRestriction.None, Remote = new RemoteOptions { CacheDirectory = git.Cache } });
        Diagnostic problem = Problem(builder, overlay);
        Assert.Equal(id, problem.Id);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Position.Line > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("//base")]
    public void A_kustomization_file_of_a_repository_that_links_to_a_file_of_this_machine_is_refused(string folder)
    {
        using var git = new GitHarness();
        string outside = git.Overlay("privateKey: x\n", "outside");
        string link = Path.Join(git.Repository, folder.TrimStart('/'), "kustomization.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.Join(outside, "kustomization.yaml"));
        git.Commit(("map.yaml", Manifests.ConfigMap("a")));
        var builder = new KustomizeBuilder(new KustomizeOptions { LoadRestriction = LoadRestriction.None, Remote = new RemoteOptions { CacheDirectory = git.Cache } });

        Diagnostic problem = Problem(builder, git.Overlay(Manifests.Kustomization(git.Url + folder)));

        Assert.Equal(DiagnosticIds.OutsideRoot, problem.Id);
        Assert.DoesNotContain("privateKey", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_near_miss_of_a_folder_is_suggested()
    {
        using var git = new GitHarness();
        git.Commit(("base/kustomization.yaml", Manifests.Kustomization()));
        Assert.Contains("Did you mean 'base'?", Problem(Manifests.Builder(git.Cache), git.Overlay(Manifests.Kustomization(git.Url + "//bse"))).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_git_is_told()
    {
        using var git = new GitHarness();
        Diagnostic problem = Problem(Manifests.Builder(git.Cache, change: o => o with { GitCommand = "git-that-is-not-there" }), git.Overlay(Manifests.Kustomization(git.Url)));
        Assert.Contains("there is no program 'git-that-is-not-there'", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Install git", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Commits_that_nobody_uses_leave_the_cache()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        string overlay = git.Overlay(Manifests.Kustomization(git.Url));
        Manifests.Builder(git.Cache).Build(overlay);
        string commits = Path.Join(Assert.Single(Directory.GetDirectories(Path.Join(git.Cache, "git"))), "commits");
        Directory.SetLastWriteTimeUtc(Assert.Single(Directory.GetDirectories(commits)), DateTime.UtcNow.AddDays(-40));
        string next = git.Commit(("map.yaml", Manifests.ConfigMap("b")));
        Manifests.Builder(git.Cache).Build(overlay);
        Assert.Equal(next, Path.GetFileName(Assert.Single(Directory.GetDirectories(commits))), ignoreCase: true);
    }

    [Fact]
    public void Files_that_are_not_on_the_disk_may_have_bases_that_are_fetched()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        InMemoryFileSystem files = new InMemoryFileSystem().Add("/overlay/kustomization.yaml", Manifests.Kustomization(git.Url));
        var builder = new KustomizeBuilder(new KustomizeOptions { Files = files, Remote = new RemoteOptions { CacheDirectory = git.Cache } });
        Assert.Contains("name: a", builder.Build("/overlay").ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_build_ends_and_leaves_nothing_behind_that_is_taken_for_a_result()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));
        string overlay = git.Overlay(Manifests.Kustomization(git.Url));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Manifests.Builder(git.Cache).Build(overlay, stop.Token));
        Assert.Contains("name: a", Manifests.Builder(git.Cache).Build(overlay).ToYaml(), StringComparison.Ordinal);
    }

    private static Diagnostic Problem(KustomizeBuilder builder, string overlay) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => builder.Build(overlay)).Diagnostics);
}
