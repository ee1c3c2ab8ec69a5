using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class OverlayPathResolverTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("dev", null, "apps/system/overlays/dev/argocd")]
    [InlineData("prod", null, "apps/system/overlays/prod/argocd")]
    [InlineData("prod", "dc11a", "apps/system/overlays/prod/dc11a/argocd")]
    public void Resolve_FindsTheOverlay(string environment, string? cluster, string expected) =>
        Assert.Equal(expected, Resolver().Resolve(environment, cluster).RelativePath);

    [Theory]
    [InlineData("prd", null, ErrorIds.EnvironmentNotFound, "'prod'")]
    [InlineData("staging", null, ErrorIds.EnvironmentNotFound, "dev, prod")]
    [InlineData("prod", "dc11b", ErrorIds.OverlayNotFound, "'dc11a'")]
    [InlineData("dev", "dc11a", ErrorIds.OverlayNotFound, "none yet")]
    [InlineData("prod", "../dev", ErrorIds.InvalidName, "lower case")]
    [InlineData("..", "x", ErrorIds.InvalidName, "lower case")]
    public void Resolve_WhatIsNotThere_TellsWhatThereIs(string environment, string? cluster, string id, string remedy)
    {
        OperationException exception = Assert.Throws<OperationException>(() => Resolver().Resolve(environment, cluster));

        Assert.Equal(id, exception.Id);
        Assert.Contains(remedy, exception.Remedy, StringComparison.Ordinal);
    }

    private OverlayPathResolver Resolver() => new(_fleet.Repository);
}
