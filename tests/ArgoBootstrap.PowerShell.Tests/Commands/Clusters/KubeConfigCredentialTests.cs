using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

/// <summary>Credentials of a kubeconfig are used, and never said.</summary>
public sealed class KubeConfigCredentialTests : IAsyncLifetime
{
    private readonly string _password = PlantedSecrets.Create("password");
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The credential plugin is a shell script.");
        _cluster = await ClusterFixture.StartAsync();
        _cluster.WriteSecret("good.sh", $$$"""
            #!/bin/sh
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{{_cluster.Cluster.AdminToken}}}"}}'
            """);
        _cluster.Write("bad.sh", "#!/bin/sh\necho \"cannot log in with '$CLIENT_SECRET'\" >&2\nexit 3\n");
        _cluster.Write("wrong.sh", """
            #!/bin/sh
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$CLIENT_SECRET"
            """);
        _cluster.WriteSecret("config", $$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "{{_cluster.Cluster.Address}}"} }]
            users:
            - {name: token, user: {token: {{_cluster.Cluster.AdminToken}}} }
            - {name: wrong-token, user: {token: {{_password}}} }
            - {name: password, user: {username: jo, password: {{_password}}} }
            - {name: good, user: {{Plugin("good.sh")}} }
            - {name: bad, user: {{Plugin("bad.sh")}} }
            - {name: wrong, user: {{Plugin("wrong.sh")}} }
            contexts:
            {{string.Concat(new[] { "token", "wrong-token", "password", "good", "bad", "wrong" }.Select(u => $"- {{name: {u}, context: {{cluster: c, user: {u}}} }}\n"))}}
            """);
        _cluster.Write("app/kustomization.yaml", "resources: [settings.yaml]\n");
        _cluster.Write("app/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("token")]
    [InlineData("good")]
    public async Task ThatOfTheContext_IsUsed(string context)
    {
        Assert.Empty(_cluster.Session.Run("Deploy-KustomizeOverlay ./app -KubeConfigPath ./config -Context $args[0] -Verbose", context).Errors);

        Assert.NotNull(await _cluster.GetAsync("/api/v1/namespaces/default/configmaps/settings"));
    }

    [Theory]
    [InlineData("wrong-token", "AuthenticationFailed")]
    [InlineData("password", "AuthenticationFailed")]
    [InlineData("wrong", "AuthenticationFailed")]
    [InlineData("bad", "CredentialPluginFailed")]
    public void OneThatIsRefused_IsNamedByItsUserAlone(string context, string id)
    {
        foreach (string command in new[] { "Deploy-KustomizeOverlay ./app", "Install-ArgoCD -ManifestPath ./app/settings.yaml" })
        {
            ErrorRecord error = _cluster.Session.Run(command + " -KubeConfigPath ./config -Context $args[0] -Verbose", context).SingleError(id);

            Assert.Contains(context, error.ErrorDetails.Message, StringComparison.Ordinal);
            Assert.Empty(PlantedSecrets.Find($"{error.Exception} {error.ErrorDetails.Message} {error.ErrorDetails.RecommendedAction}"));
        }

        Assert.Empty(PlantedSecrets.Find(string.Join('\n', AuditLogFile.Lines($"\"context\":\"{context}\""))));
    }

    private string Plugin(string script) =>
        $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: ['{_cluster.Combine(script)}'], interactiveMode: Never, env: [{{name: CLIENT_SECRET, value: {_password}}}]}} }}";
}
