using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class GitOpsRepositoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".")]
    [InlineData("apps")]
    [InlineData("apps/system/overlays/prod/dc11a/argocd")]
    [InlineData("apps/system/overlays/prod/dc11a/argocd/kustomization.yaml")]
    [InlineData("docs/not/there")]
    public void Open_FromAnywhereInside_FindsTheRoot(string inside)
    {
        _folder.Write("apps/system/overlays/prod/dc11a/argocd/kustomization.yaml", "resources: []\n");

        GitOpsRepository repository = GitOpsRepository.Open(_folder.Combine(inside));

        Assert.Equal(_folder.Path, repository.Root);
        Assert.Equal(_folder.Combine("apps/system/overlays"), repository.OverlaysPath);
    }

    [Fact]
    public void Open_OutsideOfARepository_NamesThePathAndWhatIsMissing()
    {
        GitOpsException exception = Assert.Throws<GitOpsException>(() => GitOpsRepository.Open(_folder.Path));

        Assert.Equal(GitOpsErrorIds.RepositoryNotFound, exception.Id);
        Assert.Equal(_folder.Path, exception.Target);
        Assert.Contains("apps/system/overlays", exception.Remedy, StringComparison.Ordinal);
    }
}
