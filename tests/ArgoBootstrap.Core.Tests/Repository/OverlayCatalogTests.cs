using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class OverlayCatalogTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Overlays_AreThoseOfEnvironmentsAndClusters()
    {
        _fleet.Add("overlays/prod/dc11a/monitoring", "resources: []\n");

        IEnumerable<string> paths = _fleet.Repository.GetOverlays().Select(overlay => overlay.RelativePath);

        Assert.Equal(
            [
                "apps/system/overlays/dev/argocd",
                "apps/system/overlays/prod/argocd",
                "apps/system/overlays/prod/dc11a/argocd",
                "apps/system/overlays/prod/dc11a/monitoring",
            ],
            paths);
    }

    [Fact]
    public void Overlay_OfACluster_KnowsItsPlaceAndHost()
    {
        ClusterOverlay overlay = Assert.Single(_fleet.Repository.GetOverlays(), overlay => overlay.Kind == OverlayKind.Cluster);

        Assert.Equal(("prod", "dc11a", "argocd"), (overlay.Environment, overlay.Cluster, overlay.Application));
        Assert.Equal(_fleet.Combine("apps/system/overlays/prod/dc11a/argocd"), overlay.Path);
        Assert.Equal("argocd.dc11a.prod.example.com", overlay.IngressHost);
    }

    [Fact]
    public void Overlay_OfAnEnvironment_IsSharedWhereItHasClusters()
    {
        Assert.Equal(
            [OverlayKind.Environment, OverlayKind.Shared, OverlayKind.Cluster],
            _fleet.Repository.GetOverlays().Select(overlay => overlay.Kind));
    }

    [Fact]
    public void ClusterFolder_WithAFileThatGathersItsApplications_IsStillACluster()
    {
        _fleet.Add("overlays/prod/dc11a", "resources: [argocd]\n");

        Assert.Equal("dc11a", Assert.Single(_fleet.Repository.GetOverlays(), overlay => overlay.Kind == OverlayKind.Cluster).Cluster);
    }

    [Fact]
    public void Folders_WithoutKustomizationOrHidden_AreNoOverlays()
    {
        _fleet.Write("apps/system/overlays/prod/dc11z/notes/README.md", "nothing yet");
        _fleet.Add("overlays/prod/.cache/argocd", "resources: []\n");

        Assert.Equal(3, _fleet.Repository.GetOverlays().Count());
        Assert.Equal(["dev", "prod"], _fleet.Repository.Environments);
    }

    [Fact]
    public void Overlay_ThatIsNotYaml_IsListedWithoutHost()
    {
        _fleet.Add("overlays/prod/dc11b/argocd", "{{{ not: yaml");

        Assert.Null(Assert.Single(_fleet.Repository.GetOverlays(), overlay => overlay.Cluster == "dc11b").IngressHost);
    }

    [Fact]
    public void Overlays_Cancelled_Stop()
    {
        Assert.Throws<OperationCanceledException>(() => _fleet.Repository.GetOverlays(new CancellationToken(canceled: true)).ToList());
    }
}
