using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Repository;

public sealed class ResolveOverlayPathTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("Resolve-OverlayPath dev", "dev/argocd")]
    [InlineData("Resolve-OverlayPath prod", "prod/argocd")]
    [InlineData("Resolve-OverlayPath -Environment prod -Cluster dc11b", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay dc11a | Resolve-OverlayPath", "prod/dc11a/argocd")]
    [InlineData("Resolve-OverlayPath prod DC11A", "prod/dc11a/argocd")]
    [InlineData("Resolve-OverlayPath PROD Dc11b -Application ArgoCD", "prod/dc11b/argocd")]
    public void Finds_TheOverlay(string command, string expected)
    {
        string path = _fleet.Session.Value<string>($"({command}).Path");

        Assert.Equal(_fleet.Combine("apps/system/overlays/" + expected), path);
    }

    [Theory]
    [InlineData("Resolve-OverlayPath prd", "EnvironmentNotFound", "'prod'")]
    [InlineData("Resolve-OverlayPath prod dc11c", "OverlayNotFound", "'dc11a'")]
    [InlineData("Resolve-OverlayPath ../prod", "InvalidName", "lower case")]
    public void WhatIsNotThere_TellsWhatThereIs(string command, string id, string remedy) =>
        Assert.Contains(remedy, _fleet.Session.Run(command).SingleError(id).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
}
