using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Rendering;

public sealed class OverlayDiscoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_InTheExample_KnowsEnvironmentsClustersAndLayers()
    {
        IReadOnlyList<OverlayTarget> targets = new OverlayDiscovery().Find(ExampleRepositories.Example);

        Assert.Equal(
            [
                ("apps/system/overlays/dev/argocd", "dev", null, false),
                ("apps/system/overlays/prod/dc11a/argocd", "prod", "dc11a", false),
                ("apps/system/overlays/prod/dc11b/argocd", "prod", "dc11b", false),
            ],
            targets.Select(target => (target.RelativePath, target.Overlay?.Environment, target.Overlay?.Cluster, target.IsShared)));
        Assert.Single(targets.Select(target => target.Repository).Distinct());
    }

    [Theory]
    [InlineData("apps/system/base/argocd")]
    [InlineData("apps/system/components/argocd/cluster")]
    public void Find_OfABaseOrComponentByName_IsASharedLayer(string path)
    {
        OverlayTarget target = Assert.Single(new OverlayDiscovery().Find(ExampleRepositories.File(path)));

        Assert.Equal((path, true), (target.RelativePath, target.IsShared));
        Assert.Null(target.Overlay);
    }

    [Fact]
    public void Find_OutsideOfARepository_NamesOverlaysFromTheFolderSearched()
    {
        _folder.Write("base/kustomization.yaml", "resources: []\n");
        _folder.Write("stage/kustomization.yaml", "resources: [../base]\n");
        _folder.Write("prod/eu/kustomization.yaml", "bases: [../../base/]\ncomponents: [../../mixin]\n");
        _folder.Write("mixin/kustomization.yaml", "kind: Component\nresources: [../mixed-in]\n");
        _folder.Write("mixed-in/kustomization.yaml", "resources: []\n");

        IReadOnlyList<OverlayTarget> targets = new OverlayDiscovery().Find(_folder.Path);

        Assert.Equal(["prod/eu", "stage"], targets.Select(target => target.RelativePath));
        Assert.All(targets, target => Assert.False(target.IsShared));
        Assert.Equal("base", Assert.Single(new OverlayDiscovery().Find(_folder.Combine("base"))).RelativePath);
    }

    [Fact]
    public void Find_OfKustomizationsThatOnlyNameEachOther_FindsOneThatShowsTheCycle()
    {
        _folder.Write("a/kustomization.yaml", "resources: [../b]\n");
        _folder.Write("b/kustomization.yaml", "resources: [../a]\n");
        _folder.Write("broken/kustomization.yaml", "resources: [\n");

        Assert.Equal(["a", "broken"], new OverlayDiscovery().Find(_folder.Path).Select(target => target.RelativePath));
    }

    [Fact]
    public void Find_BelowOverlays_LeavesComponentsOut()
    {
        _folder.Write("apps/system/overlays/prod/argocd/kustomization.yaml", "resources: []\n");
        _folder.Write("apps/system/overlays/prod/argocd/mixin/kustomization.yaml", "kind: Component\n");

        Assert.Equal(["apps/system/overlays/prod/argocd"], new OverlayDiscovery().Find(_folder.Path).Select(target => target.RelativePath));
        Assert.Equal(
            ErrorIds.OverlayNotFound,
            Assert.Throws<OperationException>(() => new OverlayDiscovery().Find(_folder.CreateFolder("apps/system/components"))).Id);
    }

    [Fact]
    public void Find_OfSeveralPaths_FindsEachOverlayOnce()
    {
        _folder.Write("apps/system/overlays/prod/argocd/kustomization.yaml", "resources: []\n");

        Assert.Single(new OverlayDiscovery().Find([_folder.Path, _folder.Combine("apps"), _folder.Combine("apps/system/overlays/prod/argocd/kustomization.yaml")]));
    }

    [Fact]
    public void Find_OfWhatTheCatalogLists_AgreesWithIt()
    {
        _folder.Write("apps/system/base/argocd/kustomization.yaml", "resources: []\n");
        _folder.Write("apps/system/overlays/prod/argocd/kustomization.yaml", "resources: []\n");
        _folder.Write("apps/system/overlays/prod/argocd/part/kustomization.yaml", "resources: []\n");
        _folder.Write("apps/system/overlays/prod/dc11a/kustomization.yaml", "resources: [argocd]\n");
        _folder.Write("apps/system/overlays/prod/dc11a/argocd/kustomization.yaml", "resources: []\n");

        ClusterOverlay[] listed = [.. GitOpsRepository.Open(_folder.Path).GetOverlays()];

        Assert.Equal(2, listed.Length);
        Assert.Equal(listed, listed.Select(overlay => new OverlayDiscovery().Locate(overlay.Path).Overlay));
    }

    [Fact]
    public void Find_InAGitRepository_NamesOverlaysFromItsRoot()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write("one/base/kustomization.yaml", "resources: []\n");
        _folder.Write("two/base/kustomization.yaml", "resources: []\n");
        _folder.Write("modules/sub/.git", "gitdir: ../../.git/modules/sub\n");
        _folder.Write("modules/sub/base/kustomization.yaml", "resources: []\n");

        Assert.Equal("one/base", Assert.Single(new OverlayDiscovery().Find(_folder.Combine("one/base"))).RelativePath);
        Assert.Equal(["two/base"], new OverlayDiscovery().Find(_folder.Combine("two")).Select(target => target.RelativePath));
        Assert.Equal("base", Assert.Single(new OverlayDiscovery().Find(_folder.Combine("modules"))).RelativePath);
        Assert.Equal(_folder.Combine("modules/sub"), Assert.Single(new OverlayDiscovery().Find(_folder.Combine("modules"))).Repository!.Root);
    }

    [Fact]
    public void Find_OutsideOfARepository_NamesOverlaysFromTheLocation()
    {
        _folder.Write("here/one/base/kustomization.yaml", "resources: []\n");
        _folder.Write("there/base/kustomization.yaml", "resources: []\n");
        OverlayDiscovery discovery = new(new OverlayDiscoveryOptions { Location = _folder.Combine("here") });

        Assert.Equal("one/base", Assert.Single(discovery.Find(_folder.Combine("here/one/base"))).RelativePath);
        Assert.Equal(_folder.Combine("there/base"), Assert.Single(discovery.Find(_folder.Combine("there/base"))).RelativePath);
    }

    [Theory]
    [InlineData("testdata", 1)]
    [InlineData("app/testdata/**", 1)]
    [InlineData("./app/", 2)]
    [InlineData("**/t?st*", 1)]
    [InlineData("data", 0)]
    public void Search_LeavesOutWhatIsExcluded_AndCountsIt(string pattern, int excluded)
    {
        _folder.Write("app/testdata/a/kustomization.yaml", "resources: [../../../base]\n");
        _folder.Write("app/real/kustomization.yaml", "resources: []\n");
        _folder.Write("base/kustomization.yaml", "resources: []\n");
        _folder.Write("other/kustomization.yaml", "resources: []\n");

        OverlayDiscoveryResult found = new OverlayDiscovery(new OverlayDiscoveryOptions { Exclude = [pattern] }).Search(_folder.Path);

        Assert.Equal((excluded, 3 - excluded), (found.Excluded, found.Targets.Count));
        Assert.Equal(excluded > 0, found.LeftOut?.Contains($"{excluded} overlay", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Search_LeavesOutWhatTheSettingsExclude_UnlessItIsNamedItself()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write("argobootstrap.yaml", "kind: GitOpsRepository\nspec:\n  exclude: [templates, old/**]\n");
        _folder.Write("x/templates/kustomization.yaml", "resources: []\n");
        _folder.Write("old/y/kustomization.yaml", "resources: []\n");
        _folder.Write("z/kustomization.yaml", "resources: []\n");

        OverlayDiscoveryResult found = new OverlayDiscovery().Search(_folder.Path);

        Assert.Equal(["z"], found.Targets.Select(target => target.RelativePath));
        Assert.Equal((0, 2), (found.Excluded, found.ExcludedBySettings));
        Assert.Equal("x/templates", Assert.Single(new OverlayDiscovery().Find(_folder.Combine("x/templates"))).RelativePath);
        Assert.Equal(
            ErrorIds.OverlayNotFound,
            Assert.Throws<OperationException>(() => new OverlayDiscovery().Search(_folder.Combine("old"))).Id);
    }
}
