using System.Collections.Concurrent;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Repositories behind a server that also answers browsers: whether a URL is a file or a repository is found out by asking.</summary>
public sealed class GitOverHttpTests
{
    [Fact]
    public void A_URL_with_a_page_behind_it_is_cloned_and_not_asked_for_as_a_file_again()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, _) => git.Serve(c));
        string overlay = git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet.git//base?ref=main"));
        string first = Manifests.Builder(git.Cache).Build(overlay).ToYaml();
        Assert.Contains("name: a", first, StringComparison.Ordinal);
        Assert.Equal(first, Manifests.Builder(git.Cache).Build(overlay).ToYaml());
        Assert.Equal(1, server.Requests["/acme/fleet.git//base?ref=main"]);
    }

    [Fact]
    public void A_URL_that_is_no_file_is_cloned()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, _) => git.Serve(c));
        Assert.Contains("name: a", Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/missing/base"))).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_that_was_fetched_once_needs_no_server()
    {
        using GitHarness git = Repository();
        string commit = git.Git("rev-parse", "HEAD").Trim();
        string overlay;
        string first;
        using (var server = new TestServer((c, _) => git.Serve(c)))
        {
            overlay = git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet//base?ref={commit}"));
            first = Manifests.Builder(git.Cache).Build(overlay).ToYaml();
        }
        Assert.Equal(first, Manifests.Builder(git.Cache).Build(overlay).ToYaml());
    }

    [Fact]
    public void A_server_that_stumbles_is_asked_again()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, number) =>
        {
            if (c.Request.RawUrl!.Contains("/info/refs", StringComparison.Ordinal) && number < 3)
            {
                TestServer.Send(c, "", 503);
                return;
            }
            git.Serve(c);
        });
        Assert.Contains("name: a", Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet.git//base"))).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_reach_the_server_but_neither_messages_nor_arguments_nor_the_cache()
    {
        using GitHarness git = Repository();
        var seen = new ConcurrentBag<string?>();
        using var server = new TestServer((c, _) =>
        {
            seen.Add(c.Request.Headers["Authorization"]);
            if (c.Request.Headers["Authorization"] is null)
            {
                TestServer.Send(c, "", 401, ("WWW-Authenticate", "Basic"));
                return;
            }
            git.Serve(c);
        });
        string authority = $"127.0.0.1:{server.Port}";
        string overlay = git.Overlay("buildMetadata: [originAnnotations]\n" + Manifests.Kustomization($"http://alice:s3cret@{authority}/acme/fleet.git//base"));
        string output = Manifests.Builder(git.Cache).Build(overlay).ToYaml();
        Assert.All(seen, header => Assert.Equal("Basic " + Convert.ToBase64String("alice:s3cret"u8), header));
        Assert.DoesNotContain("s3cret", output, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(git.Cache, "*", SearchOption.AllDirectories), file =>
        {
            Assert.DoesNotContain("s3cret", file, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", File.ReadAllText(file, Encoding.Latin1), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_repository_that_wants_credentials_is_asked_once_and_nobody_is_prompted()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, _) => TestServer.Send(c, "", 401, ("WWW-Authenticate", "Basic realm=x")));
        KustomizeException e = Assert.Throws<KustomizeException>(() => Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet.git//base"))));
        Diagnostic problem = Assert.Single(e.Diagnostics);
        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.StartsWith("Check the credentials", problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests["/acme/fleet.git/info/refs?service=git-upload-pack"]);
    }

    [Fact]
    public void What_is_neither_file_nor_repository_is_told_as_both()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, _) => TestServer.Send(c, "", 404));
        KustomizeException e = Assert.Throws<KustomizeException>(() => Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet/map.yaml"))));
        Assert.Contains("is not a file that can be fetched (the server answered 404 (NotFound)), and not a repository either", Assert.Single(e.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/fleet/map.yaml")]
    [InlineData("map.yaml")]
    public void What_is_not_in_the_cache_was_asked_for_neither_as_file_nor_as_repository(string path)
    {
        using GitHarness git = Repository();
        string url = $"https://git.example.com/{path}";
        KustomizeException e = Assert.Throws<KustomizeException>(() => Manifests.Builder(git.Cache, RemoteCachePolicy.CacheOnly).Build(git.Overlay(Manifests.Kustomization(url))));
        Diagnostic problem = Assert.Single(e.Diagnostics);
        Assert.Contains($"'{url}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("not in the cache", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("repository", problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("Build once", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_mistake_stays_a_file()
    {
        using GitHarness git = Repository();
        using var server = new TestServer((c, _) => TestServer.Send(c, "kind: [", c.Request.RawUrl!.EndsWith("map.yaml", StringComparison.Ordinal) ? 200 : 404));
        KustomizeException e = Assert.Throws<KustomizeException>(() => Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet/map.yaml"))));
        Assert.Equal(DiagnosticIds.InvalidYaml, Assert.Single(e.Diagnostics).Id);
    }

    [Fact]
    public void A_git_that_hangs_is_ended()
    {
        using GitHarness git = Repository();
        using var never = new ManualResetEventSlim();
        using var server = new TestServer((c, _) =>
        {
            if (c.Request.RawUrl!.Contains("/info/refs", StringComparison.Ordinal))
            {
                never.Wait();
            }
            git.Serve(c);
        });
        KustomizeException e = Assert.Throws<KustomizeException>(() => Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet.git//base?timeout=300ms"))));
        never.Set();
        Diagnostic problem = Assert.Single(e.Diagnostics);
        Assert.Contains("did not finish", problem.Message, StringComparison.Ordinal);
        Assert.Contains("?timeout=", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_git_that_hangs_ends_when_the_build_is_stopped()
    {
        using GitHarness git = Repository();
        using var never = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        using var server = new TestServer((c, _) =>
        {
            if (c.Request.RawUrl!.Contains("/info/refs", StringComparison.Ordinal))
            {
                asked.Set();
                never.Wait();
            }
            git.Serve(c);
        });
        using var stop = new CancellationTokenSource();
        string overlay = git.Overlay(Manifests.Kustomization($"{server.Url}/acme/fleet.git//base"));
        Task build = Task.Run(() => Manifests.Builder(git.Cache).Build(overlay, stop.Token));
        asked.Wait();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        never.Set();
    }

    private static GitHarness Repository()
    {
        var git = new GitHarness();
        git.Commit(("base/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("base/map.yaml", Manifests.ConfigMap("a")));
        return git;
    }
}
