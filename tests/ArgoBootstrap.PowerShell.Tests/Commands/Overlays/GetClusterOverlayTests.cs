using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Overlays;

public sealed class GetClusterOverlayTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("Get-ClusterOverlay", "dev/argocd", "prod/dc11a/argocd", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay -IncludeShared", "dev/argocd", "prod/argocd", "prod/dc11a/argocd", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay -Environment prod", "prod/dc11a/argocd", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay -Environment d*", "dev/argocd")]
    [InlineData("Get-ClusterOverlay dc11b", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay *a, DC11B", "prod/dc11a/argocd", "prod/dc11b/argocd")]
    [InlineData("Get-ClusterOverlay -Application nothing")]
    [InlineData("Get-ClusterOverlay no*")]
    public void Lists_WhatTheParametersAskFor(string command, params string[] expected) =>
        Assert.Equal(
            expected.Select(path => "apps/system/overlays/" + path),
            _fleet.Session.Invoke(command).Select(overlay => (string)overlay.Properties["RelativePath"].Value));

    [Fact]
    public void Name_ThatNoClusterHas_IsAnErrorWithTheName()
    {
        ErrorRecord error = _fleet.Session.Run("Get-ClusterOverlay dc99, dc11a").SingleError("OverlayNotFound");

        Assert.Equal("dc99", error.TargetObject);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void RepositoryPath_WorksFromElsewhere()
    {
        using ModuleRunspace session = new(System.IO.Path.GetTempPath());

        Assert.Equal(3, session.Invoke("param($path) Get-ClusterOverlay -RepositoryPath $path", _fleet.Path).Count);
        session.Run("Get-ClusterOverlay").SingleError("RepositoryNotFound");
    }

    [Fact]
    public void Location_OfTheSessionCounts_NotThatOfTheProcess()
    {
        Assert.Single(_fleet.Session.Invoke("$null = $ExecutionContext.SessionState.Path.SetLocation('apps/system/base'); Get-ClusterOverlay dc11a -RepositoryPath ."));
    }
}
