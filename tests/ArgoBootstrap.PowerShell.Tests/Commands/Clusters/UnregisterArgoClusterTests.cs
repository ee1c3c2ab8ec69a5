using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

public sealed class InProcessUnregisterArgoClusterTests(InProcessClusterPair pair) : UnregisterArgoClusterTests(pair);

public sealed class RealUnregisterArgoClusterTests(RealClusterPair pair) : UnregisterArgoClusterTests(pair);

public abstract class UnregisterArgoClusterTests(ClusterPair pair) : ArgoClusterTests(pair)
{
    [Fact]
    public async Task TheRegistrationGoes_AndTheAccountStays()
    {
        Register();

        PSObject result = Assert.Single(World.Session.Invoke($"Unregister-ArgoCluster {Name} -Confirm:$false"));

        Assert.Equal(true, result.Properties["Succeeded"].Value);
        Assert.Null(await World.SecretAsync("cluster-" + Name));
        Assert.NotNull(await World.GetAsync(World.Target, AccountPath));
        Assert.Contains("\"cmdlet\":\"Unregister-ArgoCluster\"", AuditLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithTheCluster_TheAccountAndItsRightsGoAsWell()
    {
        Register();

        World.Session.Invoke("Get-ArgoCluster | Unregister-ArgoCluster -TargetContext target -Confirm:$false");

        Assert.Null(await World.SecretAsync("cluster-" + Name));
        Assert.Null(await World.GetAsync(World.Target, AccountPath));
        Assert.Null(await World.GetAsync(World.Target, RolePath));
    }

    [Fact]
    public async Task ApplicationsThatDeployThere_AreNamedAndKeepIt()
    {
        Register();
        await World.AddApplicationAsync("web", Name);

        ErrorRecord error = World.Session.Run($"Unregister-ArgoCluster {Name} -Confirm:$false").SingleError("RegistrationInUse");

        Assert.Contains(World.Namespace + "/web", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.NotNull(await World.SecretAsync("cluster-" + Name));
        World.Session.Invoke($"Unregister-ArgoCluster {Name} -Confirm:$false -Force");
        Assert.Null(await World.SecretAsync("cluster-" + Name));
    }

    [Fact]
    public async Task WhatIf_ChangesNothing()
    {
        Register();

        ScriptResult result = World.Session.Run($"Unregister-ArgoCluster {Name} -TargetContext target -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.NotNull(await World.SecretAsync("cluster-" + Name));
        Assert.Single(AuditLines);
    }

    [Fact]
    public async Task AnotherCluster_LosesNothing()
    {
        Register("-Server https://elsewhere.example.com");

        ErrorRecord error = World.Session.Run($"Unregister-ArgoCluster {Name} -TargetContext hub -Confirm:$false").SingleError("InvalidRequest");

        Assert.Contains("another cluster", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.NotNull(await World.SecretAsync("cluster-" + Name));
        Assert.NotNull(await World.GetAsync(World.Target, AccountPath));
    }

    [Fact]
    public async Task AClusterThatDoesNotAnswer_KeepsItsRegistration()
    {
        Register();

        World.Session.Run($"Unregister-ArgoCluster {Name} -TargetContext dead -Force -Confirm:$false").SingleError("ClusterUnreachable");

        Assert.NotNull(await World.SecretAsync("cluster-" + Name));
    }

    [Fact]
    public async Task EachName_IsDoneByItself()
    {
        Register();

        ErrorRecord error = World.Session.Run($"Unregister-ArgoCluster missing, {Name} -Confirm:$false").SingleError("RegistrationNotFound");

        Assert.Contains("'missing'", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Null(await World.SecretAsync("cluster-" + Name));
    }
}
