using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

public sealed class InProcessGetArgoClusterTests(InProcessClusterPair pair) : GetArgoClusterTests(pair);

public sealed class RealGetArgoClusterTests(RealClusterPair pair) : GetArgoClusterTests(pair);

public abstract class GetArgoClusterTests(ClusterPair pair) : ArgoClusterTests(pair)
{
    [Fact]
    public void Lists_WhatIsRegisteredWithoutItsCredential()
    {
        Register("-Label @{ environment = 'prod' }");

        PSObject cluster = Assert.Single(World.Session.Invoke("Get-ArgoCluster"));

        Assert.Equal(Name, cluster.Properties["Name"].Value);
        Assert.Equal("ServiceAccountToken", cluster.Properties["Authentication"].Value.ToString());
        Assert.Equal("kube-system/" + Account, cluster.Properties["ServiceAccount"].Value);
        Assert.Equal("hub", cluster.Properties["Context"].Value);
        Assert.DoesNotContain(cluster.Properties, p => p.Value?.ToString()?.Contains("bearer", StringComparison.OrdinalIgnoreCase) ?? false);
        Assert.Empty(AuditLines.Skip(1));
    }

    [Fact]
    public void A_cluster_says_which_namespace_knows_it_and_passes_it_on()
    {
        Register();

        Assert.Equal(World.Namespace, World.Session.Value<string>("(Get-ArgoCluster).ArgoNamespace"));
        Assert.Equal(Name, World.Session.Value<string>($"(Get-ArgoCluster -ArgoNamespace {World.Namespace}).Name"));
    }

    [Fact]
    public async Task ArgoCDsOwnCluster_IsKnownWithoutARegistrationUntilItIsSwitchedOff()
    {
        string path = $"/api/v1/namespaces/{World.Namespace}/configmaps";
        await World.PostAsync(World.Hub, path, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm"},"data":{} }""");

        Assert.Equal("in-cluster https://kubernetes.default.svc InCluster", World.Session.Value<string>("Get-ArgoCluster | ForEach-Object { \"$($_.Name) $($_.Server) $($_.Authentication)\" }"));

        World.Session.Invoke($"Register-ArgoCluster {Name}");
        Assert.Equal(Name, World.Session.Value<string>("(Get-ArgoCluster).Name"));
    }

    [Fact]
    public async Task Applications_AreCountedByTheirDestination()
    {
        Register();
        await World.AddApplicationAsync("web", Name);
        await World.AddApplicationAsync("other", "elsewhere");

        Assert.Equal($"{World.Namespace}/web", World.Session.Value<string>("(Get-ArgoCluster).Applications"));
    }

    [Fact]
    public void Test_UsesTheRegisteredCredential()
    {
        Register();

        PSObject test = World.Session.Value<PSObject>("(Get-ArgoCluster -Test).Test");

        Assert.Equal("Passed", test.Properties["Status"].Value.ToString());
        Assert.StartsWith("v1.", (string)test.Properties["ServerVersion"].Value, StringComparison.Ordinal);
        Assert.Equal($"system:serviceaccount:kube-system:{Account}", test.Properties["Identity"].Value);
        Assert.Equal("Full in the whole cluster", test.Properties["Message"].Value);
    }

    [Fact]
    public async Task Test_TellsWhatTheAccountMayNotDo()
    {
        string team = "team-" + World.Id;
        await World.AddNamespaceAsync(World.Target, team);
        Register($"-ManagedNamespace {team}");
        World.Session.Invoke($"$global:cluster = Get-ArgoCluster -Test");
        string inNamespace = World.Session.Value<string>("$cluster.Test.Message");

        // The Secret says more than the account may do, as when somebody has taken rights away.
        string secret = (await World.SecretAsync("cluster-" + Name))!.ToJsonString().Replace(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(team)), "a3ViZS1zeXN0ZW0=", StringComparison.Ordinal)
            .Replace($"cluster-{Name}", $"cluster-{Name}-b", StringComparison.Ordinal);
        System.Text.Json.Nodes.JsonObject copy = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(secret)!;
        foreach (string field in new[] { "resourceVersion", "uid", "managedFields", "creationTimestamp" })
        {
            copy["metadata"]!.AsObject().Remove(field);
        }

        copy["data"]!["name"] = Convert.ToBase64String("limited"u8.ToArray());
        await World.PostAsync(World.Hub, $"/api/v1/namespaces/{World.Namespace}/secrets", copy.ToJsonString());
        PSObject limited = World.Session.Value<PSObject>("(Get-ArgoCluster limited -Test).Test");

        Assert.Equal("Full in " + team, inNamespace);
        Assert.Equal(("Failed", "Forbidden"), (limited.Properties["Status"].Value.ToString(), limited.Properties["ErrorId"].Value));
        Assert.Contains("kube-system", (string)limited.Properties["Message"].Value, StringComparison.Ordinal);
        Assert.NotEqual("", limited.Properties["Remedy"].Value);
    }

    [Fact]
    public void Test_OfAClusterThatDoesNotAnswer_IsAResult()
    {
        Register("-Server http://127.0.0.1:1");
        World.Session.Invoke($"Register-ArgoCluster {Name}-eks -AwsClusterName eks1 -Server https://eks.example.com");

        ScriptResult result = World.Session.Run("Get-ArgoCluster -Test -Timeout 3 | ForEach-Object { \"$($_.Test.Status) $($_.Test.ErrorId)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal(["Failed ClusterUnreachable", "NotTested "], result.Output.Select(o => o.ToString()));
    }

    [Fact]
    public async Task Test_OfArgoCDsOwnCluster_AsksWhatItsControllerMayDo()
    {
        World.Session.Invoke($"Register-ArgoCluster {Name}");
        Assert.Equal("NotInstalled", World.Session.Value<string>("(Get-ArgoCluster -Test).Test.ErrorId"));
        await World.PostAsync(World.Hub, $"/apis/apps/v1/namespaces/{World.Namespace}/statefulsets", """
            {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"argocd-application-controller","labels":{"app.kubernetes.io/name":"argocd-application-controller"} },
             "spec":{"serviceName":"x","selector":{"matchLabels":{"a":"b"} },"template":{"metadata":{"labels":{"a":"b"} },"spec":{"serviceAccountName":"controller","containers":[{"name":"c","image":"c"}]} } } }
            """);

        Assert.Equal("Failed", World.Session.Value<string>("(Get-ArgoCluster -Test).Test.Status"));

        await World.PostAsync(World.Hub, "/apis/rbac.authorization.k8s.io/v1/clusterroles", $$"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"all-{{World.Id}}"},"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}] }
            """);
        await World.PostAsync(World.Hub, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", $$"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"all-{{World.Id}}"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"all-{{World.Id}}"},"subjects":[{"kind":"ServiceAccount","name":"controller","namespace":"{{World.Namespace}}"}] }
            """);

        for (int attempt = 0; World.Session.Value<string>("(Get-ArgoCluster -Test).Test.Status") != "Passed"; attempt++)
        {
            // The server's authorizer learns of new bindings with a delay.
            Assert.True(attempt < 50);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Names_MayHaveWildcardsAndAMissingOneIsAnError()
    {
        Register();

        ScriptResult result = World.Session.Run($"Get-ArgoCluster spoke-*, nothing*, missing | ForEach-Object Name");

        Assert.Equal(Name, Assert.Single(result.Output).ToString());
        Assert.Equal("missing", result.SingleError("RegistrationNotFound").TargetObject);
    }

    [Fact]
    public void Completes_Names()
    {
        Register();

        Assert.Equal([Name], World.Session.Complete($"Get-ArgoCluster -KubeConfigPath '{World.KubeConfig}' -Namespace {World.Namespace} -Name sp"));
        Assert.Empty(World.Session.Complete($"Get-ArgoCluster -KubeConfigPath '{World.KubeConfig}' -Context dead -Name sp"));
    }
}
