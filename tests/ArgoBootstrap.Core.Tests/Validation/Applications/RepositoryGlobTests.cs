using ArgoBootstrap.Core.Validation.Applications;

namespace ArgoBootstrap.Core.Tests.Validation.Applications;

public sealed class RepositoryGlobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RepositoryGlobTests() => _folder.Write("apps/web/kustomization.yaml", "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("apps/*", true)]
    [InlineData("apps/[v-x]eb", true)]
    [InlineData("apps/[!a]eb", true)]
    [InlineData("apps/{api,web}", true)]
    [InlineData("apps/none", false)]
    [InlineData("apps/[x-v]eb", false)]
    [InlineData("apps/[", false)]
    [InlineData("apps/{web", false)]
    [InlineData("apps/\\", false)]
    [InlineData("(", false)]
    [InlineData("apps/../*", false)]
    [InlineData("**/web", true)]
    [InlineData("**/none", false)]
    public void Pattern_FindsFolders_WhateverItIs(string pattern, bool finds) => Assert.Equal(finds, RepositoryGlob.FindsAny(_folder.Path, pattern, files: false));

    [Fact]
    public void Links_AreNotFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "To make links takes a privilege on Windows.");
        foreach (string link in (string[])["a", "b", "c"])
        {
            File.CreateSymbolicLink(_folder.Combine("apps/" + link), _folder.Path);
        }

        Assert.False(RepositoryGlob.FindsAny(_folder.Path, "**/none/*", files: false));
    }
}
