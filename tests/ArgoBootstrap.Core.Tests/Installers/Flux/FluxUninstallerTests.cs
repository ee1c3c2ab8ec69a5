using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.Core.Tests.Installers.Flux;

public sealed class FluxUninstallerTests
{
    [Fact]
    public async Task A_controller_that_stays_is_a_result_though_the_server_hangs_then()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using (ClusterSession other = await ClusterSession.OpenAsync(cluster))
        {
            await other.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"flux-system"}}""");
            await other.SendAsync(HttpMethod.Post, "/apis/apps/v1/namespaces/flux-system/deployments", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"source-controller","namespace":"flux-system","labels":{"app.kubernetes.io/part-of":"flux"},"finalizers":["example.com/keep"]},
                 "spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
                """);
        }
        cluster.Server.Options.Interceptor = Silence.After(r => r.Method == "DELETE");
        using TargetCluster target = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), Deadline = Deadline.After(TimeSpan.FromSeconds(3)) });

        FluxUninstallResult result = await FluxUninstaller.UninstallAsync(target);

        Assert.Equal(["example.com/keep"], Assert.Single(result.Objects).Finalizers);
    }
}
