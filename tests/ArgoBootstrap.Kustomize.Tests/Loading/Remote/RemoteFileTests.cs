using System.Net;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Tests.Conformance;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Kustomizations over files that come by HTTP, from servers that are well, slow, busy or broken.</summary>
public sealed class RemoteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Cache => Path.Join(_folder.Path, "cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_read_wherever_a_path_may_stand()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, c.Request.Url!.AbsolutePath switch
        {
            "/map.yaml" => Manifests.ConfigMap("a"),
            "/patch.yaml" => "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  more: x\n",
            _ => "text of a page",
        }));
        string overlay = Overlay($"""
            resources: ["{server.Url}/map.yaml"]
            patches: [path: "{server.Url}/patch.yaml"]
            configMapGenerator:
            - name: made
              files: ["page={server.Url}/page.html"]
            """);
        (int exitCode, string output, string error) = Oracle.Build(overlay);
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, Manifests.Builder(Cache).Build(overlay).ToYaml());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public void A_busy_server_is_asked_again(int status)
    {
        using var server = new TestServer((c, number) => TestServer.Send(c, Manifests.ConfigMap("a"), number < 3 ? status : 200, ("Retry-After", "0")));
        Assert.Contains("name: a", Build(server.Url + "/map.yaml"), StringComparison.Ordinal);
        Assert.Equal(3, server.Requests["/map.yaml"]);
    }

    [Fact]
    public void A_broken_connection_is_tried_again()
    {
        using var server = new TestServer((c, number) =>
        {
            if (number < 2)
            {
                c.Response.ContentLength64 = 1000;
                c.Response.OutputStream.Write("apiVersion: v1\n"u8);
                c.Response.Abort();
                return;
            }
            TestServer.Send(c, Manifests.ConfigMap("a"));
        });
        Assert.Contains("name: a", Build(server.Url + "/map.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_asks_for_too_much_patience_is_not_waited_for()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, "", 429, ("Retry-After", "3600")));
        Diagnostic problem = Problem(server.Url + "/map.yaml");
        Assert.Equal(1, server.Requests["/map.yaml"]);
        Assert.Contains("429 (TooManyRequests)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_stays_broken_is_given_up()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, "", 502));
        Diagnostic problem = Problem(server.Url + "/map.yaml");
        Assert.Equal(3, server.Requests["/map.yaml"]);
        Assert.Equal((DiagnosticIds.RemoteUnavailable, 2, 3), (problem.Id, problem.Position.Line, problem.Position.Column));
        Assert.Contains("127.0.0.1", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public void What_will_not_change_is_asked_once(int status)
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, "", status));
        Diagnostic problem = Problem(server.Url + "/map.yaml");
        Assert.Equal(1, server.Requests["/map.yaml"]);
        Assert.Contains($"the server answered {status}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_says_nothing_is_not_waited_for_any_longer_than_allowed()
    {
        using var never = new ManualResetEventSlim();
        using var server = new TestServer((_, _) => never.Wait());
        Diagnostic problem = Problem(server.Url + "/map.yaml", o => o with { Timeout = TimeSpan.FromMilliseconds(200) });
        never.Set();
        Assert.Contains("no answer within", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_has_not_changed_is_not_transferred_again()
    {
        var statuses = new List<int>();
        using var server = new TestServer((c, _) =>
        {
            int status = c.Request.Headers["If-None-Match"] == "\"v1\"" ? 304 : 200;
            statuses.Add(status);
            TestServer.Send(c, Manifests.ConfigMap("a"), status, ("ETag", "\"v1\""));
        });
        string first = Build(server.Url + "/map.yaml");
        Assert.Equal(first, Build(server.Url + "/map.yaml"));
        Assert.Equal([200, 304], statuses);
    }

    [Fact]
    public void A_file_that_has_changed_is_seen_by_the_same_builder()
    {
        using var server = new TestServer((c, number) => TestServer.Send(c, Manifests.ConfigMap("a", number.ToString(System.Globalization.CultureInfo.InvariantCulture)), 200, ("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")));
        string overlay = Overlay(Manifests.Kustomization(server.Url + "/map.yaml"));
        KustomizeBuilder builder = Manifests.Builder(Cache);
        Assert.Contains("key: \"1\"", builder.Build(overlay).ToYaml(), StringComparison.Ordinal);
        Assert.Contains("key: \"2\"", builder.Build(overlay).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_session_asks_for_a_file_once()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a")));
        KustomizeSession session = Manifests.Builder(Cache).BeginSession();
        Parallel.For(0, 6, i => session.Build(Overlay($"namePrefix: p{i}-\n" + Manifests.Kustomization(server.Url + "/map.yaml"), $"o{i}")));
        Assert.Equal(1, server.Requests["/map.yaml"]);
    }

    [Fact]
    public void The_cache_serves_when_the_server_is_gone_and_the_cache_is_preferred()
    {
        string url;
        string first;
        using (var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a"))))
        {
            url = server.Url + "/map.yaml";
            first = Build(url);
        }
        Assert.Equal(first, Manifests.Builder(Cache, RemoteCachePolicy.PreferCache).Build(Overlay(Manifests.Kustomization(url))).ToYaml());
        Assert.Equal(first, Manifests.Builder(Cache, RemoteCachePolicy.CacheOnly).Build(Overlay(Manifests.Kustomization(url))).ToYaml());
        Assert.Contains("RemoteCachePolicy PreferCache builds with it", Problem(url).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_fetched_is_to_be_fetched_once_or_copied()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a")));
        string overlay = Overlay(Manifests.Kustomization(server.Url + "/map.yaml"));

        Diagnostic problem = Assert.Single(Assert.Throws<KustomizeException>(() => Manifests.Builder(Cache, RemoteCachePolicy.CacheOnly).Build(overlay)).Diagnostics);

        // The URL is right, and no other policy that keeps it from being fetched would help.
        Assert.StartsWith("Build once without RemoteCachePolicy CacheOnly where 127.0.0.1 can be reached, or keep a copy", problem.Remedy, StringComparison.Ordinal);
        string expected = Manifests.Builder(Cache, RemoteCachePolicy.Revalidate).Build(overlay).ToYaml();
        Assert.Equal(expected, Manifests.Builder(Cache, RemoteCachePolicy.CacheOnly).Build(overlay).ToYaml());
    }

    [Fact]
    public void What_a_server_does_not_want_kept_is_not_kept()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a"), 200, ("Cache-Control", "no-store")));
        Build(server.Url + "/map.yaml");
        Assert.False(Directory.Exists(Path.Join(Cache, "http")));
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, new string('#', 5000)));
        var builder = new KustomizeBuilder(new KustomizeOptions { Limits = new YamlLimits { MaximumFileBytes = 1000 }, Remote = new RemoteOptions { CacheDirectory = Cache } });
        KustomizeException e = Assert.Throws<KustomizeException>(() => builder.Build(Overlay(Manifests.Kustomization(server.Url + "/map.yaml"))));
        Assert.Equal(DiagnosticIds.LimitExceeded, Assert.Single(e.Diagnostics).Id);
    }

    [Fact]
    public void Redirects_are_followed_but_not_for_ever()
    {
        using var server = new TestServer((c, _) =>
        {
            if (c.Request.Url!.AbsolutePath == "/end.yaml")
            {
                TestServer.Send(c, Manifests.ConfigMap("a"));
                return;
            }
            TestServer.Send(c, "", 302, ("Location", c.Request.Url.AbsolutePath == "/loop.yaml" ? "/loop.yaml" : "/end.yaml"));
        });
        Assert.Contains("name: a", Build(server.Url + "/begin.yaml"), StringComparison.Ordinal);
        Assert.Contains("more than 10 redirects", Problem(server.Url + "/loop.yaml").Message, StringComparison.Ordinal);
        Assert.Contains("redirects to ftp", Problem(Redirecting("ftp://example.com/x").Url + "/x.yaml").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_are_sent_to_their_host_only_and_show_nowhere()
    {
        string? elsewhere = "";
        using var other = new TestServer((c, _) =>
        {
            elsewhere = c.Request.Headers["Authorization"];
            TestServer.Send(c, "", 404);
        });
        string? here = "";
        using var server = new TestServer((c, _) =>
        {
            here = c.Request.Headers["Authorization"];
            TestServer.Send(c, "", 302, ("Location", other.Url + "/moved.yaml"));
        });
        Diagnostic problem = Problem($"http://alice:s3cret@127.0.0.1:{server.Port}/map.yaml?token=t0ken");
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("alice:s3cret")), here);
        Assert.Null(elsewhere);
        Assert.DoesNotContain("s3cret", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_file_is_told_with_its_URL()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, "apiVersion: v1\nmetadata:\n  name: a\n"));
        Diagnostic problem = Problem(server.Url + "/map.yaml");
        Assert.Equal(DiagnosticIds.InvalidResource, problem.Id);
        Assert.StartsWith(server.Url + "/map.yaml:1:1", problem.ToString(), StringComparison.Ordinal);
    }

    private TestServer Redirecting(string location)
    {
        var server = new TestServer((c, _) => TestServer.Send(c, "", (int)HttpStatusCode.Found, ("Location", location)));
        return server;
    }

    private string Build(string url) => Manifests.Builder(Cache).Build(Overlay(Manifests.Kustomization(url))).ToYaml();

    private Diagnostic Problem(string url, Func<RemoteOptions, RemoteOptions>? change = null) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => Manifests.Builder(Cache, change: change).Build(Overlay(Manifests.Kustomization(url)))).Diagnostics);

    private string Overlay(string text, string name = "overlay")
    {
        string folder = Directory.CreateDirectory(Path.Join(_folder.Path, name)).FullName;
        File.WriteAllText(Path.Join(folder, "kustomization.yaml"), text);
        return folder;
    }
}
