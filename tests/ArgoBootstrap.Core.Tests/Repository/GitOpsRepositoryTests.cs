using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

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
        OperationException exception = Assert.Throws<OperationException>(() => GitOpsRepository.Open(_folder.Path));

        Assert.Equal(ErrorIds.RepositoryNotFound, exception.Id);
        Assert.Equal(_folder.Path, exception.Target);
        Assert.Contains("apps/system/overlays", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TakesTheNearestGit_AFolderOrAFile()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write("deep/apps/system/overlays/prod/argocd/kustomization.yaml", "resources: []\n");
        _folder.Write("linked/.git", "gitdir: elsewhere\n");

        GitOpsRepository repository = GitOpsRepository.Open(_folder.Combine("deep/apps"));

        Assert.Equal(_folder.Path, repository.Root);
        Assert.Equal("deep/apps/system/overlays/prod/argocd", Assert.Single(repository.GetOverlays()).RelativePath);
        Assert.Equal(_folder.Combine("linked"), GitOpsRepository.Find(_folder.Combine("linked/x/y"))?.Root);
    }

    [Fact]
    public void Open_WithoutTheLayout_IsRefused_ButFound()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");

        Assert.Equal(ErrorIds.RepositoryNotFound, Assert.Throws<OperationException>(() => GitOpsRepository.Open(_folder.Path)).Id);
        Assert.Equal(_folder.Path, GitOpsRepository.Find(_folder.Path)?.Root);
    }

    [Theory]
    [InlineData("argobootstrap.yaml")]
    [InlineData("apps/system/argobootstrap.yaml")]
    public void Settings_AreAtTheRootOrInSystem(string file)
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write(file, "kind: GitOpsRepository\nspec: {repoURL: https://git.example.com/x.git}\n");

        Assert.Equal("https://git.example.com/x.git", GitOpsRepository.Find(_folder.Combine("some/where"))!.Settings.RepositoryUrl);
    }
}
