using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>What one cmdlet writes is what the next takes, and says whose it is.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void PlannedObjects_SayWhoseTheyAre()
    {
        _fleet.Write("config", "apiVersion: v1\nkind: Config\ncurrent-context: here\n");

        IReadOnlyList<PSObject> planned = _fleet.Session.Invoke("Get-ClusterOverlay | Deploy-KustomizeOverlay -KubeConfigPath ./config -WhatIf");

        Assert.Equal(
            ["dev//here apps/system/overlays/dev/argocd", "prod/dc11a/here apps/system/overlays/prod/dc11a/argocd", "prod/dc11b/here apps/system/overlays/prod/dc11b/argocd"],
            planned.Select(o => $"{Text(o, "Environment")}/{Text(o, "Cluster")}/{Text(o, "Context")} {Text(o, "Overlay")}").Distinct());
    }

    [Fact]
    public void BootstrapPlans_SayWhoseTheyAre_AndSoDoTheirObjects()
    {
        PSObject plan = Assert.Single(_fleet.Session.Invoke("Invoke-GitOpsBootstrap prod dc11a -Context there -WhatIf"));
        IReadOnlyList<PSObject> objects = _fleet.Session.Invoke("param($plan) $plan.Steps.Objects", plan);

        Assert.Equal(("prod", "dc11a", "there"), (Text(plan, "Environment"), Text(plan, "Cluster"), Text(plan, "Context")));
        Assert.NotEmpty(objects);
        Assert.All(objects, o => Assert.Equal(("prod", "dc11a", "there"), (Text(o, "Environment"), Text(o, "Cluster"), Text(o, "Context"))));
    }

    [Fact]
    public async Task RenderedObjects_AreGroupedByCluster_AndConvertedWithoutIt()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunCommandAsync(
            _fleet.Path,
            """
            $resources = Get-ClusterOverlay -Environment prod | Build-KustomizeOverlay
            $resources | Group-Object Cluster | Sort-Object Name | ForEach-Object Name
            ($resources | Where-Object { $_.Cluster -eq 'dc11a' -and $_.Environment -eq 'prod' -and $_.Name -eq 'argocd-cm' }).Namespace
            $resources | Where-Object kind -eq Namespace | Select-Object -First 1 | ConvertTo-Json -Compress -Depth 1 -WarningAction Ignore
            """);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["dc11a", "dc11b", "argocd"], output.Split('\n', StringSplitOptions.TrimEntries)[..3]);
        Assert.StartsWith("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":", output.Split('\n')[3], StringComparison.Ordinal);
        Assert.DoesNotContain("Cluster", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Repositories_AreTakenByWhateverWorksOnOne()
    {
        using ModuleRunspace elsewhere = new(System.IO.Path.GetTempPath());

        Assert.Equal(3, elsewhere.Invoke("param($path) Get-GitOpsRepository $path | Get-ClusterOverlay", _fleet.Path).Count);
        Assert.Single(elsewhere.Invoke("param($path) Get-GitOpsRepository $path | Resolve-OverlayPath prod dc11a", _fleet.Path));
        Assert.Single(elsewhere.Invoke("param($path) Get-GitOpsRepository $path | New-ClusterOverlay prod dc12a x.example.com", _fleet.Path));
        Assert.Equal(4, elsewhere.Invoke("param($path) Get-GitOpsRepository $path | Test-KustomizeOverlay", _fleet.Path).Count);
        Assert.Single(elsewhere.Invoke("param($path) Get-GitOpsRepository $path | Invoke-GitOpsBootstrap dev -WhatIf", _fleet.Path));
    }

    [Fact]
    public void TestResults_AreBootstrappedWithoutSharedLayers()
    {
        IReadOnlyList<PSObject> plans = _fleet.Session.Invoke("Test-KustomizeOverlay ./apps | Invoke-GitOpsBootstrap -Context { $_.Environment + $_.Cluster } -WhatIf");

        Assert.Equal(["dev/", "prod/dc11a", "prod/dc11b"], plans.Select(plan => $"{Text(plan, "Environment")}/{Text(plan, "Cluster")}").Order(StringComparer.Ordinal));
        _fleet.Session.Run("Invoke-GitOpsBootstrap prod -WhatIf").SingleError("InvalidRequest");
        _fleet.Session.Run("Invoke-GitOpsBootstrap '' -WhatIf").SingleError("InvalidRequest");
    }

    private static string? Text(PSObject value, string property) => value.Properties[property].Value?.ToString();
}
