using ArgoBootstrap.Core.Git;

namespace ArgoBootstrap.Core.Tests.Git;

public sealed class GitWorkTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RemoteUrl_IsThatOfOrigin()
    {
        _folder.Write(
            ".git/config",
            """
            [core]
            	bare = false ; not
            # [remote "origin"]
            [remote "upstream"]
            	url = https://git.example.com/upstream.git
            [Remote "origin"] ; the own one
            	URL = "https://git.example.com/own;1.git" # comment
            	url = https://git.example.com/second.git
            	fetch = +refs/heads/*:refs/remotes/origin/*
            """);

        Assert.Equal("https://git.example.com/own;1.git", GitWorkTree.Find(_folder.Path)!.RemoteUrl);
    }

    [Theory]
    [InlineData("[remote \"only\"]\nurl = git@git.example.com:x.git\n", "git@git.example.com:x.git")]
    [InlineData("[remote \"a\"]\nurl = a\n[remote \"b\"]\nurl = b\n", null)]
    [InlineData("[remote \"origin\"]\nurl = https://git.example.com/\\\nx.git\n", "https://git.example.com/x.git")]
    [InlineData("[remote \"origin\"]\nurl = https://bot:x@git.example.com/x.git\n", "https://git.example.com/x.git")]
    [InlineData("[remote \"origin\"", null)]
    [InlineData("", null)]
    public void RemoteUrl_OfOtherConfigurations(string config, string? expected)
    {
        _folder.Write(".git/config", config);

        Assert.Equal(expected, GitWorkTree.Find(_folder.Path)!.RemoteUrl);
    }

    [Fact]
    public void LinkedWorkTree_SharesTheConfiguration_AndHasItsOwnBranch()
    {
        _folder.Write("main/.git/config", "[remote \"origin\"]\n\turl = https://git.example.com/x.git\n");
        _folder.Write("main/.git/HEAD", "ref: refs/heads/main\n");
        _folder.Write("main/.git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/trunk\n");
        _folder.Write("main/.git/worktrees/linked/HEAD", "ref: refs/heads/feature/x\n");
        _folder.Write("main/.git/worktrees/linked/commondir", "../..\n");
        _folder.Write("linked/.git", $"gitdir: {_folder.Combine("main/.git/worktrees/linked")}\n");

        GitWorkTree tree = GitWorkTree.Find(_folder.Combine("linked/deep"))!;

        Assert.Equal((_folder.Combine("linked"), "https://git.example.com/x.git", "feature/x", "trunk"), (tree.Root, tree.RemoteUrl, tree.Branch, tree.DefaultBranch));
    }

    [Fact]
    public void Submodule_HasItsOwnConfiguration()
    {
        _folder.Write(".git/config", "[remote \"origin\"]\nurl = outer\n");
        _folder.Write(".git/modules/sub/config", "[remote \"origin\"]\nurl = inner\n");
        _folder.Write(".git/modules/sub/HEAD", "0123456789012345678901234567890123456789\n");
        _folder.Write("sub/.git", "gitdir: ../.git/modules/sub\n");

        GitWorkTree tree = GitWorkTree.Find(_folder.Combine("sub"))!;

        Assert.Equal(("inner", null), (tree.RemoteUrl, tree.Branch));
    }

    [Fact]
    public void BrokenMetadata_SaysNothing()
    {
        _folder.Write(".git", "gitdir: nowhere\n");

        GitWorkTree tree = GitWorkTree.Find(_folder.Path)!;

        Assert.Equal((null, null, null), (tree.RemoteUrl, tree.Branch, tree.DefaultBranch));
    }
}
