using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>What kustomize 5.8 takes for a repository, and how it parts what git clones from the path in it.</summary>
public sealed class RepositoryUrlTests
{
    [Theory]
    // GitHub: one spelling for all ways to write it.
    [InlineData("github.com/acme/fleet", "https://github.com/acme/fleet", "", "")]
    [InlineData("GitHub.com/acme/fleet/overlays/dev?ref=v1.2.3", "https://github.com/acme/fleet", "overlays/dev", "v1.2.3")]
    [InlineData("github.com:acme/fleet/overlays", "https://github.com/acme/fleet", "overlays", "")]
    [InlineData("http://github.com/acme/fleet", "https://github.com/acme/fleet", "", "")]
    [InlineData("hTTps://github.com/acme/fleet.git/dev", "https://github.com/acme/fleet.git", "dev", "")]
    [InlineData("https://github.com/acme/fleet//overlays/dev/?ref=main", "https://github.com/acme/fleet", "overlays/dev/", "main")]
    [InlineData("git@github.com:acme/fleet.git//dev", "git@github.com:acme/fleet.git", "dev", "")]
    [InlineData("git@github.com/acme/fleet/dev", "git@github.com:acme/fleet", "dev", "")]
    [InlineData("ssh://git@github.com/acme/fleet//dev?ref=main", "git@github.com:acme/fleet", "dev", "main")]
    [InlineData("ssh://acme-17@github.com/acme/fleet", "acme-17@github.com:acme/fleet", "", "")]
    [InlineData("https://someone@github.com/acme/fleet", "someone@github.com:acme/fleet", "", "")]
    [InlineData("git::https://github.com/acme/fleet", "https://github.com/acme/fleet", "", "")]
    [InlineData("ssh://git@ssh.github.com:443/ACME/FLEET.git", "ssh://git@ssh.github.com:443/ACME/FLEET.git", "", "")]
    // Other hosts.
    [InlineData("https://git.example.com/acme/fleet/dev", "https://git.example.com/acme/fleet", "dev", "")]
    [InlineData("https://git.example.com/group/sub/fleet//dev", "https://git.example.com/group/sub/fleet", "dev", "")]
    [InlineData("https://git.example.com/group/sub/fleet.git/dev", "https://git.example.com/group/sub/fleet.git", "dev", "")]
    [InlineData("https://git.example.com/acme/fleet/?ref=has_git/in.git/it", "https://git.example.com/acme/fleet", "", "has_git/in.git/it")]
    [InlineData("https://git.example.com/acme/fleet/%-odd", "https://git.example.com/acme/fleet", "%-odd", "")]
    [InlineData("git::http://git.example.com/acme/fleet", "http://git.example.com/acme/fleet", "", "")]
    [InlineData("ssh://git.example.com:7999/acme/fleet", "ssh://git.example.com:7999/acme/fleet", "", "")]
    [InlineData("ssh://alice@example.com/path/to/fleet//dev", "ssh://alice@example.com/path/to/fleet", "dev", "")]
    [InlineData("git@git.example.com:group/sub/fleet.git?ref=v0.1.0", "git@git.example.com:group/sub/fleet.git", "", "v0.1.0")]
    [InlineData("git@git.example.com:acme/fleet", "git@git.example.com:acme/fleet", "", "")]
    [InlineData("git@git.example.com/acme/fleet.git//dev", "git@git.example.com/acme/fleet.git", "dev", "")]
    [InlineData("git@git.example.com/user:name/fleet.git/dev", "git@git.example.com/user:name/fleet.git", "dev", "")]
    [InlineData("git@gist.example.com:0123abcd.git", "git@gist.example.com:0123abcd.git", "", "")]
    [InlineData("https://alice:secret@git.example.com/acme/fleet//dev", "https://alice:secret@git.example.com/acme/fleet", "dev", "")]
    // Azure DevOps and its relatives.
    [InlineData("https://me@dev.azure.com/org/project/_git/fleet//a/b", "https://me@dev.azure.com/org/project/_git/fleet", "a/b", "")]
    [InlineData("https://org.visualstudio.com/project/_git/fleet/a/b?version=v1", "https://org.visualstudio.com/project/_git/fleet", "a/b", "v1")]
    // Repositories on the disk.
    [InlineData("file:///srv/git/fleet", "file:///srv/git/fleet", "", "")]
    [InlineData("file:///srv/git/fleet.git/dev?ref=main", "file:///srv/git/fleet.git", "dev", "main")]
    [InlineData("file://srv/git/fleet//dev?ref=main", "file://srv/git/fleet", "dev", "main")]
    [InlineData("file://git@home/fleet.git//dev", "file://git@home/fleet.git", "dev", "")]
    [InlineData("file:///", "file:///", "", "")]
    // Odd, but accepted: the double slash belongs to a path, not to the repository.
    [InlineData("https://github.com/acme/fleet.git//a/../b", "https://github.com/acme/fleet.git", "a/../b", "")]
    public void A_repository_is_taken_apart(string text, string cloneUrl, string path, string name)
    {
        var url = RepositoryUrl.TryParse(text);
        Assert.NotNull(url);
        Assert.Equal((cloneUrl, path, name), (url.CloneUrl, url.Path, url.Ref));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/srv/git/fleet")]
    [InlineData("../../base")]
    [InlineData("base")]
    [InlineData("vendor/github.com/acme/fleet")]
    [InlineData("ftp://github.com/acme/fleet")]
    [InlineData("gh:acme/fleet")]
    [InlineData("git::base")]
    [InlineData("ssh://git.example.com")]
    [InlineData("https://git.example.com?ref=a/b")]
    [InlineData("https://github.com/deployment.yaml")]
    [InlineData("github.com!acme/fleet.git//dev")]
    [InlineData("https://github.com/acme/fleet.git//dev/../../secret")]
    [InlineData("file:////srv//git/fleet")]
    [InlineData("git@scp://github.com/acme/fleet.git//dev")]
    public void Everything_else_is_local(string text) => Assert.Null(RepositoryUrl.TryParse(text));

    [Theory]
    [InlineData("", "", null, true)]
    [InlineData("ref=v1", "v1", null, true)]
    [InlineData("version=v1", "v1", null, true)]
    [InlineData("version=v1&ref=v2", "v2", null, true)]
    [InlineData("ref=&version=v1", "v1", null, true)]
    [InlineData("ref=a%2Fb+c", "a/b c", null, true)]
    [InlineData("ref=v1&ref=v2", "v1", null, true)]
    [InlineData("ref=%zz&submodules=false", "", null, true)]
    [InlineData("ref=v1;submodules=false", "", null, true)]
    [InlineData("submodules=false", "", null, false)]
    [InlineData("submodules=0", "", null, false)]
    [InlineData("submodules=T", "", null, true)]
    [InlineData("submodules=perhaps", "", null, true)]
    [InlineData("timeout=61", "", 61d, true)]
    [InlineData("timeout=1m1s", "", 61d, true)]
    [InlineData("timeout=1.5h", "", 5400d, true)]
    [InlineData("timeout=250ms", "", 0.25, true)]
    [InlineData("timeout=0", "", null, true)]
    [InlineData("timeout=0s", "", null, true)]
    [InlineData("timeout=-5", "", null, true)]
    [InlineData("timeout=soon", "", null, true)]
    [InlineData("timeout=5 s", "", null, true)]
    [InlineData("timeout=99999999999999999999", "", null, true)]
    public void A_query_is_taken_apart(string query, string name, double? seconds, bool submodules)
    {
        var parsed = RepositoryQuery.Parse(query);
        Assert.Equal((name, seconds, submodules), (parsed.Ref, parsed.Timeout?.TotalSeconds, parsed.Submodules));
    }
}
