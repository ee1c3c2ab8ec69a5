using System.Diagnostics;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Clusters.Tests;

/// <summary>Takes over what the real kubectl has installed.</summary>
public sealed class KubectlAdoptionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_kubectl_installed_is_adopted_without_a_conflict(bool serverSide)
    {
        string manifest = SharedData.PathOf("install.yaml");
        await using RealCluster? cluster = await RealCluster.TryStartAsync();
        string kubectl = Path.Combine(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") ?? "/usr/local/kubebuilder/bin", "kubectl");
        if (cluster is null || !File.Exists(kubectl))
        {
            Assert.Skip("etcd, kube-apiserver and kubectl are not there: set KUBEBUILDER_ASSETS, or put them into /usr/local/kubebuilder/bin.");
            return;
        }
        string config = cluster.WriteKubeConfig();
        await RunAsync(kubectl, "--kubeconfig", config, "create", "namespace", SharedData.Namespace);
        // Client-side apply leaves Argo CD's largest definition out: it does not fit into an annotation. That is why it is not what we use.
        await RunAsync(kubectl, ["--kubeconfig", config, "apply", .. serverSide ? ["--server-side"] : Array.Empty<string>(), "-n", SharedData.Namespace, "-f", manifest]);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        var options = new ApplyOptions { DefaultNamespace = SharedData.Namespace, AdoptFrom = FieldManagers.Installers };

        ApplyResult adopted = await session.Applier.ApplyAsync(SharedData.ArgoCd("install.yaml"), options);
        ApplyResult again = await session.Applier.ApplyAsync(SharedData.ArgoCd("install.yaml"), options);

        Assert.All(adopted.Objects, o => Assert.True(o.Action is not (ApplyAction.Failed or ApplyAction.Skipped), $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.True(adopted.Objects.Count(o => o.AdoptedFrom.Count > 0) >= adopted.Objects.Count - 2);
        Assert.All(again.Objects, o => Assert.Equal(ApplyAction.Unchanged, o.Action));
        var deployment = await session.SendAsync(HttpMethod.Get, $"/apis/apps/v1/namespaces/{SharedData.Namespace}/deployments/argocd-server");
        Assert.Equal(["argobootstrap"], deployment["metadata"]!["managedFields"]!.AsArray().Select(e => (string?)e!["manager"]));
        Assert.Null(deployment["metadata"]!["annotations"]?["kubectl.kubernetes.io/last-applied-configuration"]);
    }

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
        // A definition that is too long for the annotation fails, and everything else is applied all the same.
        Assert.True(process.ExitCode == 0 || (await errors).Contains("Too long", StringComparison.Ordinal), await errors);
    }
}
