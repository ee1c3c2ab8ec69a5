using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Overlays;

public sealed class NewClusterOverlayTests : IDisposable
{
    private const string NewCluster = "New-ClusterOverlay -Environment prod -Name dc12a -IngressHost argocd.dc12a.prod.example.com";

    private const string NewFile = "apps/system/overlays/prod/dc12a/argocd/kustomization.yaml";

    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Adds_OneFileLikeThoseThatAreThere()
    {
        Dictionary<string, string> before = _fleet.Files();

        PSObject overlay = Assert.Single(_fleet.Session.Invoke(NewCluster));

        Assert.Equal("apps/system/overlays/prod/dc12a/argocd", overlay.Properties["RelativePath"].Value);
        Assert.Equal("Cluster", overlay.Properties["Kind"].Value.ToString());
        KeyValuePair<string, string> added = Assert.Single(_fleet.Files().Except(before));
        Assert.Equal(NewFile, added.Key);
        Assert.Equal(before["apps/system/overlays/prod/dc11a/argocd/kustomization.yaml"].Replace("dc11a", "dc12a", StringComparison.Ordinal), added.Value);
    }

    [Fact]
    public void Again_IsAnErrorThatChangesNothing_UnlessForced()
    {
        _fleet.Session.Invoke(NewCluster);
        File.AppendAllText(_fleet.Combine(NewFile), "# changed since\n");
        Dictionary<string, string> before = _fleet.Files();

        ErrorRecord error = _fleet.Session.Run(NewCluster).SingleError("OverlayExists");
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, _fleet.Files());

        _fleet.Session.Invoke(NewCluster + " -Force");
        Assert.DoesNotContain("# changed since", _fleet.Files()[NewFile], StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_WritesNothing()
    {
        Dictionary<string, string> before = _fleet.Files();

        Assert.Empty(_fleet.Session.Invoke(NewCluster + " -WhatIf"));

        Assert.Equal(before, _fleet.Files());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("DC_1")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Name_ThatCannotBeOne_IsRefusedBeforeAnythingIsWritten(string name)
    {
        Dictionary<string, string> before = _fleet.Files();

        ErrorRecord error = _fleet.Session
            .Run("param($name) New-ClusterOverlay -Environment prod -Name $name -IngressHost argocd.x.example.com", name)
            .SingleError("InvalidName");

        Assert.Equal(name, error.TargetObject);
        Assert.Equal(before, _fleet.Files());
    }

    [Fact]
    public void Pipeline_OfObjects_AddsEach()
    {
        const string Script = """
            [pscustomobject]@{ Environment = 'prod'; Cluster = 'dc12a'; IngressHost = 'argocd.dc12a.prod.example.com' },
            [pscustomobject]@{ Environment = 'prod'; Cluster = 'DC'; IngressHost = 'x.example.com' },
            [pscustomobject]@{ Environment = 'prod'; Cluster = 'dc12b'; IngressHost = 'argocd.dc12b.prod.example.com' } | New-ClusterOverlay
            """;

        ScriptResult result = _fleet.Session.Run(Script);

        Assert.Equal(["dc12a", "dc12b"], result.Output.Select(overlay => overlay.Properties["Cluster"].Value));
        result.SingleError("InvalidName");
    }

    [Fact]
    public void WhatIf_FindsDuplicatesWithinThePipeline()
    {
        const string Script = """
            @(
                [pscustomobject]@{ Environment = 'prod'; Name = 'dc12a'; IngressHost = 'a.example.com' }
                [pscustomobject]@{ Environment = 'prod'; Name = 'dc12a'; IngressHost = 'b.example.com' }
                [pscustomobject]@{ Environment = 'prod'; Name = 'dc12b'; IngressHost = 'A.example.com' }
                [pscustomobject]@{ Environment = 'prod'; Name = 'dc12b'; IngressHost = 'a.example.com' }
                [pscustomobject]@{ Environment = 'prod'; Name = 'dc12c'; IngressHost = 'c.example.com' }
            ) | New-ClusterOverlay
            """;
        string[] expected = ["OverlayExists", "InvalidHost", "HostInUse"];

        ScriptResult planned = _fleet.Session.Run($"$WhatIfPreference = $true; {Script}; $WhatIfPreference = $false");
        ScriptResult done = _fleet.Session.Run(Script);

        Assert.Equal(expected, planned.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(expected, done.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["dc12a", "dc12c"], done.Output.Select(overlay => overlay.Properties["Cluster"].Value));
    }

    [Fact]
    public void FirstNamedCluster_IsAskedAbout_AndRefusedWhereNobodyCanBeAsked()
    {
        const string First = "New-ClusterOverlay -Environment dev -Name dev1 -IngressHost argocd.dev1.example.com";
        Dictionary<string, string> before = _fleet.Files();

        ScriptResult refused = _fleet.Session.Run(First);
        ErrorRecord error = refused.SingleError("ConfirmationNeeded");
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("apps/system/overlays/dev/argocd", Assert.Single(refused.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, _fleet.Files());

        Assert.Single(_fleet.Session.Run(First + " -WhatIf").Warnings);
        Assert.Equal(before, _fleet.Files());

        ScriptResult agreed = _fleet.Session.Run(First + " -Confirm:$false");
        Assert.Single(agreed.Output);
        Assert.Single(agreed.Warnings);
        Assert.Empty(_fleet.Session.Run("New-ClusterOverlay dev dev2 argocd.dev2.example.com").Warnings);
    }

    [Fact]
    public void FirstNamedCluster_WithForce_IsAddedWithAWarning()
    {
        ScriptResult result = _fleet.Session.Run("New-ClusterOverlay dev dev1 argocd.dev1.example.com -Force");

        Assert.Single(result.Output);
        Assert.Single(result.Warnings);
    }
}
