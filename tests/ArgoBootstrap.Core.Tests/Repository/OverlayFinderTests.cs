using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class OverlayFinderTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("apps", "dev/argocd", "prod/argocd", "prod/dc11a/argocd")]
    [InlineData("apps/system/overlays/prod", "prod/argocd", "prod/dc11a/argocd")]
    [InlineData("apps/system/overlays/prod/argocd", "prod/argocd")]
    [InlineData("apps/system/overlays/prod/argocd/kustomization.yaml", "prod/argocd")]
    public void Find_BelowAFolder_FindsItsOverlays(string path, params string[] expected) =>
        Assert.Equal(
            expected.Select(overlay => _fleet.Combine("apps/system/overlays/" + overlay)),
            OverlayFinder.Find(_fleet.Combine(path)));

    [Fact]
    public void Find_WhereNothingIsCalledOverlays_FindsAllButComponents()
    {
        using TemporaryFolder folder = new();
        folder.Write("base/kustomization.yaml", "resources: []\n");
        folder.Write("base/nested/Kustomization", "resources: []\n");
        folder.Write("mixin/kustomization.yml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n");

        Assert.Equal([folder.Combine("base"), folder.Combine("base/nested")], OverlayFinder.Find(folder.Path));
    }

    [Theory]
    [InlineData("apps/system/nothing")]
    [InlineData("docs")]
    public void Find_WhereThereIsNone_NamesThePath(string path)
    {
        Directory.CreateDirectory(_fleet.Combine("docs"));

        GitOpsException exception = Assert.Throws<GitOpsException>(() => OverlayFinder.Find(_fleet.Combine(path)));

        Assert.Equal(GitOpsErrorIds.OverlayNotFound, exception.Id);
        Assert.Equal(_fleet.Combine(path), exception.Target);
    }

    [Fact]
    public void Find_DoesNotFollowLinks()
    {
        Directory.CreateSymbolicLink(_fleet.Combine("apps/system/overlays/prod/loop"), _fleet.Combine("apps"));

        Assert.Equal(3, OverlayFinder.Find(_fleet.Combine("apps")).Count);
    }
}
