using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

/// <summary>What the tests of the cmdlets for registered clusters have in common. Cluster and service account have names of their own, as the clusters are shared.</summary>
public abstract class ArgoClusterTests(ClusterPair pair) : IAsyncLifetime
{
    private protected ArgoCDWorld World { get; private set; } = null!;

    /// <summary>The cluster's name in Argo CD.</summary>
    private protected string Name => "spoke-" + World.Id;

    private protected string Account => "manager-" + World.Id;

    private protected string AccountPath => $"/api/v1/namespaces/kube-system/serviceaccounts/{Account}";

    private protected string RolePath => $"/apis/rbac.authorization.k8s.io/v1/clusterroles/{Account}-role";

    public async ValueTask InitializeAsync() => World = await ArgoCDWorld.StartAsync(pair);

    public async ValueTask DisposeAsync()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Registers the cluster of the context target.</summary>
    private protected ScriptResult Register(string parameters = "") =>
        World.Session.Run($"Register-ArgoCluster {Name} -TargetContext target -ServiceAccount {Account} -WarningAction Ignore {parameters}");

    private protected async Task<string> TokenAsync() => ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "config");

    /// <summary>The audit lines about the cluster.</summary>
    private protected IReadOnlyList<string> AuditLines => AuditLogFile.Lines(Name);
}
