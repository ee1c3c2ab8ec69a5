using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Downloads;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

/// <summary>Downloads as users make them: a process of its own, a proxy from its environment, the machine's authorities.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: source-controller
          namespace: flux-system
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller, app.kubernetes.io/version: v2.7.3}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AVersion_IsDownloadedThroughTheProxyOfTheEnvironment_AndServesWithoutItAfterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux takes authorities (SSL_CERT_FILE) and the cache's folder (XDG_DATA_HOME) from the environment.");
        await using ReleaseServer server = await ReleaseServer.StartAsync(http =>
        {
            if (http.Request.Host.Host == ReleaseServer.GitHub)
            {
                http.Response.Redirect($"https://{ReleaseServer.GitHubAssets}/install.yaml");
                return Task.CompletedTask;
            }
            return http.Response.WriteAsync(http.Request.Host.Host == ReleaseServer.GitHubAssets ? Deployment : Deployment.Replace("source", "argocd", StringComparison.Ordinal));
        });
        using TunnelProxy proxy = new(server.Port);
        Dictionary<string, string> environment = new()
        {
            ["HTTPS_PROXY"] = proxy.Address.ToString(),
            ["NO_PROXY"] = "",
            ["SSL_CERT_FILE"] = _folder.Write("ca.pem", server.AuthorityPem),
            ["XDG_DATA_HOME"] = _folder.CreateFolder("data"),
        };
        await using ClusterFixture cluster = await ClusterFixture.StartAsync();
        string download = $"Install-Flux v2.7.3 -Component source-controller -KubeConfigPath '{cluster.KubeConfig}' -DryRun Server; Install-ArgoCD -Version v3.4.2 -HighAvailability -KubeConfigPath '{cluster.KubeConfig}' -DryRun Server";
        const string Plan = "(Install-Flux v2.7.3 -Component source-controller -WhatIf).Reference.Name; (Install-ArgoCD -Version v3.4.2 -HighAvailability -WhatIf).Objects.Reference.Name";

        await PwshProcess.RunCommandAsync(_folder.Path, download, environment);
        string[] targets = [.. proxy.Targets];
        await server.StopAsync();
        (int exitCode, string output, string errors) = await PwshProcess.RunCommandAsync(_folder.Path, Plan, environment);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("source-controller", output, StringComparison.Ordinal);
        Assert.Contains("argocd-controller", output, StringComparison.Ordinal);
        Assert.Equal(["github.com:443", "release-assets.githubusercontent.com:443", "raw.githubusercontent.com:443"], targets);
        Assert.Equal("https://raw.githubusercontent.com/argoproj/argo-cd/v3.4.2/manifests/ha/install.yaml", server.Requests.Last());
    }
}
