using System.Collections.Concurrent;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>Credential plugins that talk to the user, or never come to an end.</summary>
public sealed class CredentialPluginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-plugin-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_a_plugin_asks_for_is_shown_while_it_waits()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no /bin/sh.");
        string answer = Path.Combine(_folder, "signed-in");
        var shown = new ConcurrentQueue<string>();
        // It goes on only once somebody has read what it says.
        var output = new Relay(line =>
        {
            shown.Enqueue(line);
            File.WriteAllText(answer, "");
        });
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        string script = $"echo 'To sign in, open https://login.example.org and enter ABC-DEF.' >&2; while [ ! -e {answer} ]; do sleep 0.05; done; echo '{{\"status\":{{\"token\":\"{cluster.AdminToken}\"}}}}'";

        using ClusterConnection connection = await OpenAsync(cluster.Address, script, new() { PluginOutput = output });
        ApiResponse answered = await connection.SendAsync(ApiRequest.Get("/version", "version"));

        Assert.True(answered.IsSuccess);
        Assert.Equal(["To sign in, open https://login.example.org and enter ABC-DEF."], shown);
    }

    [Fact]
    public async Task A_plugin_that_hangs_is_the_plugins_fault()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no /bin/sh.");
        using ClusterConnection connection = await OpenAsync(new Uri("https://127.0.0.1:1"), "echo waiting for you >&2; sleep 600", new() { Deadline = Deadline.After(TimeSpan.FromSeconds(5)) });

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version", "version")));

        Assert.Equal(ClusterErrorIds.CredentialPluginFailed, error.Id);
        Assert.Contains("did not end within", error.Message, StringComparison.Ordinal);
        Assert.Contains("waiting for you", error.Message, StringComparison.Ordinal);
    }

    private async Task<ClusterConnection> OpenAsync(Uri server, string script, ClusterConnectionOptions options)
    {
        string plugin = Path.Combine(_folder, "plugin.sh");
        TestSupport.Secrets.SecretScan.IsInput(plugin);
        await File.WriteAllTextAsync(plugin, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        string path = Path.Combine(_folder, "config");
        // A path with a separator counts from the kubeconfig's folder.
        await File.WriteAllTextAsync(path, KubeConfigText.Create(server, null).Replace("user: {}", "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, interactiveMode: IfAvailable}}", StringComparison.Ordinal));
        return await ClusterConnection.OpenAsync(options with { KubeConfigPath = path });
    }

    private sealed class Relay(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
