using ArgoBootstrap.Core.Validation.Applications;

namespace ArgoBootstrap.Core.Tests.Validation.Applications;

public sealed class GitUrlTests
{
    [Theory]
    [InlineData("git@git.example.com:platform/gitops.git")]
    [InlineData("ssh://git@git.example.com/platform/gitops")]
    [InlineData("ssh://git@git.example.com:2222/platform/gitops.git")]
    [InlineData("git+ssh://git@git.example.com/platform/gitops.git")]
    [InlineData("https://GIT.example.com/Platform/gitops/")]
    [InlineData("https://bot:x@git.example.com:443/platform/gitops.git")]
    [InlineData("http://git.example.com:80/platform/gitops.git/")]
    [InlineData("git.example.com:/platform/gitops")]
    public void OneRepository_HasManyUrls(string url) => Assert.True(GitUrl.AreSame(url, "https://git.example.com/platform/gitops.git"));

    [Theory]
    [InlineData("https://git.example.com/platform/gitops-2.git")]
    [InlineData("https://git.example.org/platform/gitops.git")]
    [InlineData("https://git.example.com:8443/platform/gitops.git")]
    [InlineData("https://git.example.com/gitops.git")]
    [InlineData("")]
    public void Others_AreOthers(string url) => Assert.False(GitUrl.AreSame(url, "https://git.example.com/platform/gitops.git"));

    [Theory]
    [InlineData("ssh://git@ssh.github.com:443/o/r.git", "https://github.com/o/r")]
    [InlineData("git@ssh.dev.azure.com:v3/o/p/r", "https://o@dev.azure.com/o/p/_git/r")]
    public void Providers_ServeSshUnderAnotherName(string ssh, string web) => Assert.True(GitUrl.AreSame(ssh, web));
}
