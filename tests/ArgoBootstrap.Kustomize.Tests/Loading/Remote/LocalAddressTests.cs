using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>What a repository names on the machine that renders, or on its link.</summary>
public sealed class LocalAddressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("file:///srv/base.git//x?ref=v1", true)]
    [InlineData("FILE:///srv/base.git", true)]
    [InlineData("git::file:///srv/base.git", true)]
    [InlineData("http://localhost/a.yaml", true)]
    [InlineData("https://LocalHost:8443/a.yaml", true)]
    [InlineData("http://a.localhost/a.yaml", true)]
    [InlineData("http://127.0.0.1/a.yaml", true)]
    [InlineData("http://127.1/a.yaml", true)]
    [InlineData("http://2130706433/a.yaml", true)]
    [InlineData("http://0x7f000001/a.yaml", true)]
    [InlineData("http://0.0.0.0/a.yaml", true)]
    [InlineData("http://[::1]/a.yaml", true)]
    [InlineData("http://[::ffff:127.0.0.1]/a.yaml", true)]
    [InlineData("http://[fe80::1]/a.yaml", true)]
    [InlineData("http://169.254.169.254/latest/meta-data", true)]
    [InlineData("http://user:word@127.0.0.1/org/repository", true)]
    [InlineData("ssh://git@localhost/org/repository", true)]
    [InlineData("git@localhost:org/repository", true)]
    [InlineData("ssh://git@[::1]:22/org/repository", true)]
    [InlineData("https://github.com/org/repository", false)]
    [InlineData("github.com/org/repository?ref=v1", false)]
    [InlineData("git@github.com:org/repository", false)]
    [InlineData("https://10.0.0.1/org/repository", false)]
    [InlineData("https://localhost.example.com/a.yaml", false)]
    [InlineData("../localhost", false)]
    [InlineData("127.0.0.1", false)]
    public void An_address_of_this_machine_is_told_by_its_text(string path, bool isLocal) => Assert.Equal(isLocal, LocalAddress.IsNamedBy(path));

    [Fact]
    public void What_is_fetched_from_this_machine_is_warned_of_where_it_is_named()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a")));
        string overlay = Overlay($"resources:\n- {server.Url}/a.yaml\n");

        Diagnostic warning = Assert.Single(Manifests.Builder(Cache).Build(overlay).Warnings);

        Assert.Equal((DiagnosticIds.RemoteIsLocal, DiagnosticSeverity.Warning, 2, 3), (warning.Id, warning.Severity, warning.Position.Line, warning.Position.Column));
    }

    [Fact]
    public void A_repository_on_this_machine_is_warned_of()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));

        Diagnostic warning = Assert.Single(Manifests.Builder(git.Cache).Build(git.Overlay(Manifests.Kustomization(git.Url))).Warnings);

        Assert.Equal((DiagnosticIds.RemoteIsLocal, 2), (warning.Id, warning.Position.Line));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void Nothing_is_asked_of_this_machine_where_only_public_hosts_may_be(string host)
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, Manifests.ConfigMap("a")));
        string overlay = Overlay($"configMapGenerator:\n- name: a\n  files: [\"a={server.Url.Replace("127.0.0.1", host, StringComparison.Ordinal)}/a.yaml\"]\n");

        Diagnostic problem = Refusal(overlay, Cache);

        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.Contains("PublicOnly fetches nothing from there", problem.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void No_repository_of_this_machine_is_cloned_where_only_public_hosts_may_be_asked()
    {
        using var git = new GitHarness();
        git.Commit(("kustomization.yaml", Manifests.Kustomization("map.yaml")), ("map.yaml", Manifests.ConfigMap("a")));

        Diagnostic problem = Refusal(git.Overlay(Manifests.Kustomization(git.Url)), git.Cache);

        Assert.Equal((DiagnosticIds.RemoteIsLocal, 2), (problem.Id, problem.Position.Line));
        Assert.False(Directory.Exists(Path.Join(git.Cache, "git")) && Directory.EnumerateDirectories(Path.Join(git.Cache, "git"), "commits", SearchOption.AllDirectories).Any());
    }

    private string Cache => Path.Join(_folder.Path, "cache");

    private string Overlay(string kustomization)
    {
        string folder = Path.Join(_folder.Path, "overlay");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Join(folder, "kustomization.yaml"), kustomization);
        return folder;
    }

    private static Diagnostic Refusal(string overlay, string cache) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => Manifests.Builder(cache, RemoteCachePolicy.PublicOnly).Build(overlay)).Diagnostics);
}
