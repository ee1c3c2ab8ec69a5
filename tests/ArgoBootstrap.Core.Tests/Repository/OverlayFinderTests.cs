using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class OverlayFinderTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("apps", "dev/argocd", "prod/dc11a/argocd")]
    [InlineData("apps/system/overlays/prod", "prod/dc11a/argocd")]
    [InlineData("apps/system/overlays/prod/argocd", "prod/argocd")]
    [InlineData("apps/system/overlays/prod/argocd/kustomization.yaml", "prod/argocd")]
    public void Find_BelowAFolder_FindsItsEntryPoints(string path, params string[] expected) =>
        Assert.Equal(
            expected.Select(overlay => _fleet.Combine("apps/system/overlays/" + overlay)),
            OverlayFinder.Find(_fleet.Combine(path)).Folders);

    [Fact]
    public void Find_WhereSomeAreCalledOverlays_FindsTheOthersAsWell()
    {
        _fleet.Write("clusters/one/kustomization.yaml", "resources: [../../apps/system/base/argocd, ../shared]\n");
        _fleet.Write("clusters/shared/Kustomization", "resources: []\n");
        _fleet.Write(".archive/old/kustomization.yml", "resources: []\n");
        _fleet.Write(".git/kustomization.yaml", "resources: []\n");

        OverlaySearch found = OverlayFinder.Find(_fleet.Path);

        Assert.Equal(
            [".archive/old", "apps/system/overlays/dev/argocd", "apps/system/overlays/prod/dc11a/argocd", "clusters/one"],
            found.Folders.Select(folder => Path.GetRelativePath(_fleet.Path, folder)));
        Assert.Equal((8, 1), (found.Kustomizations, found.Components));
    }

    [Fact]
    public void Find_WhereTheFolderItselfIsOne_FindsWhatItDoesNotName()
    {
        _fleet.Write("kustomization.yaml", "resources: [apps/system/overlays/dev/argocd]\n");

        Assert.Equal(
            [_fleet.Path, _fleet.Combine("apps/system/overlays/prod/dc11a/argocd")],
            OverlayFinder.Find(_fleet.Path).Folders);
    }

    [Fact]
    public void Find_OfABaseThatOverlaysBelowItName_FindsItToo()
    {
        using TemporaryFolder folder = new();
        folder.Write("kustomization.yaml", "resources: []\n");
        folder.Write("variants/a/kustomization.yaml", "resources: [../..]\n");

        Assert.Equal([folder.Path, folder.Combine("variants/a")], OverlayFinder.Find(folder.Path).Folders);
        Assert.Equal([folder.Path], OverlayFinder.Find(folder.Combine("kustomization.yaml")).Folders);
    }

    [Theory]
    [InlineData("resources")]
    [InlineData("bases")]
    [InlineData("components")]
    [InlineData("generators")]
    [InlineData("transformers")]
    [InlineData("validators")]
    public void Find_LeavesOutWhatIsNamedInAnyField(string field)
    {
        using TemporaryFolder folder = new();
        folder.Write("named/kustomization.yaml", "resources: []\n");
        folder.Write("top/kustomization.yaml", $"{field}: [../named/]\n");

        Assert.Equal([folder.Combine("top")], OverlayFinder.Find(folder.Path).Folders);
    }

    [Fact]
    public void Find_FindsAllButComponents()
    {
        using TemporaryFolder folder = new();
        folder.Write("base/kustomization.yaml", "resources: []\n");
        folder.Write("base/nested/Kustomization", "resources: []\n");
        folder.Write("mixin/kustomization.yml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [../mixed-in]\n");
        folder.Write("mixed-in/kustomization.yaml", "resources: []\n");

        OverlaySearch found = OverlayFinder.Find(folder.Path);

        Assert.Equal([folder.Combine("base"), folder.Combine("base/nested")], found.Folders);
        Assert.Equal(1, found.Components);
    }

    [Theory]
    [InlineData("apps/system/nothing")]
    [InlineData("docs")]
    public void Find_WhereThereIsNone_NamesThePath(string path)
    {
        Directory.CreateDirectory(_fleet.Combine("docs"));

        OperationException exception = Assert.Throws<OperationException>(() => OverlayFinder.Find(_fleet.Combine(path)));

        Assert.Equal(ErrorIds.OverlayNotFound, exception.Id);
        Assert.Equal(_fleet.Combine(path), exception.Target);
    }

    [Fact]
    public void Find_WithLinksThatLeadInCircles_FindsEachOnce()
    {
        Directory.CreateSymbolicLink(_fleet.Combine("apps/system/overlays/prod/loop"), _fleet.Combine("apps"));
        Directory.CreateSymbolicLink(_fleet.Combine("apps/system/overlays/prod/up"), _fleet.Path);

        Assert.Equal(2, OverlayFinder.Find(_fleet.Combine("apps")).Folders.Count);
    }

    [Fact]
    public void Find_FollowsALinkToAFolderOfTheRepository_ButNotOutOfIt()
    {
        using TemporaryFolder outside = new();
        outside.Write("kustomization.yaml", "resources: []\n");
        _fleet.Write("shared/eu/kustomization.yaml", "resources: []\n");
        Directory.CreateSymbolicLink(_fleet.Combine("apps/system/overlays/eu"), _fleet.Combine("shared/eu"));
        Directory.CreateSymbolicLink(_fleet.Combine("apps/system/overlays/out"), outside.Path);

        Assert.Equal(
            ["dev/argocd", "eu", "prod/dc11a/argocd"],
            OverlayFinder.Find(_fleet.Combine("apps/system/overlays")).Folders.Select(folder => Path.GetRelativePath(_fleet.Combine("apps/system/overlays"), folder)));
        Assert.Contains(_fleet.Combine("shared/eu"), OverlayFinder.Find(_fleet.Path).Folders);
    }

    [Fact]
    public void Find_KnowsWhatIsNamedThroughALink()
    {
        using TemporaryFolder folder = new();
        folder.Write("real/base/kustomization.yaml", "resources: []\n");
        folder.Write("top/kustomization.yaml", "resources: [../link/base]\n");
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Combine("real"));

        Assert.Equal([folder.Combine("top")], OverlayFinder.Find(folder.Path).Folders);
    }
}
