using System.Management.Automation;
using System.Text;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class DeployKustomizeOverlayTests : IAsyncLifetime
{
    private const string Settings = "/api/v1/namespaces/team/configmaps/settings";

    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("app/kustomization.yaml", "namespace: team\nresources: [namespace.yaml, settings.yaml]\n");
        _cluster.Write("app/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n");
        WriteColor("blue");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Applies_AndASecondTimeChangesNothing()
    {
        Assert.Equal("True: 2 created", Deploy(""));
        string? before = await _cluster.GetAsync(Settings);

        Assert.Equal("True: 2 unchanged", Deploy(""));

        Assert.Contains("blue", before, StringComparison.Ordinal);
        Assert.Equal(before, await _cluster.GetAsync(Settings));
    }

    [Fact]
    public async Task EveryDeployment_IsALineOfTheAuditLog()
    {
        Deploy("");

        string line = Assert.Single(AuditLogFile.Lines(Server));
        Assert.Contains("\"cmdlet\":\"Deploy-KustomizeOverlay\"", line, StringComparison.Ordinal);
        Assert.Contains("\"context\":\"test\"", line, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Succeeded\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_cluster.Cluster.AdminToken, line, StringComparison.Ordinal);
        Assert.NotNull(await _cluster.GetAsync(Settings));
    }

    [Fact]
    public async Task WhatIf_NeedsNoClusterAndListsTheObjectsInTheirOrder()
    {
        string plan = _cluster.Session.Value<string>(
            "(Deploy-KustomizeOverlay ./app -KubeConfigPath ./none -WhatIf | ForEach-Object { $_.Reference.Type.Kind }) -join ' '");

        Assert.Equal("Namespace ConfigMap", plan);
        Assert.Empty(_cluster.Cluster.Server.Requests);
        Assert.Empty(AuditLogFile.Lines(Server));
        Assert.Null(await _cluster.GetAsync(Settings));
    }

    [Fact]
    public async Task DryRun_TellsEveryFieldThatWouldChangeAndChangesNothing()
    {
        Deploy("");
        WriteColor("red");
        string? before = await _cluster.GetAsync(Settings);

        string changes = _cluster.Session.Value<string>(
            "(Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0] -DryRun Server).Applied.Objects.Changes | ForEach-Object { \"$_\" }", _cluster.KubeConfig);

        Assert.Equal("data.color: \"blue\" -> \"red\"", changes);
        Assert.Equal(before, await _cluster.GetAsync(Settings));
        Assert.Single(AuditLogFile.Lines(Server));
    }

    [Fact]
    public async Task Secrets_AreAppliedAndNeverSaid()
    {
        string before = PlantedSecrets.Create("before");
        string after = PlantedSecrets.Create("after");
        WriteSecrets(before);

        Assert.Equal("True: 4 created", Deploy("-SkipValidation -Verbose"));
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(before)), await _cluster.GetAsync("/api/v1/namespaces/team/secrets/data"), StringComparison.Ordinal);

        WriteSecrets(after);
        ScriptResult dryRun = Run("-DryRun Server");
        ScriptResult plan = Run("-WhatIf");
        _cluster.Cluster.Server.Options.Admission = item => (string?)item["kind"] == "Secret" ? $"'{after}' or {Convert.ToBase64String(Encoding.UTF8.GetBytes(after))} is too simple" : null;
        ScriptResult refused = Run("");

        string changes = string.Join('\n', dryRun.Output.Where(o => o.BaseObject is string));
        Assert.Contains("data.password", changes, StringComparison.Ordinal);
        Assert.Contains("***", changes, StringComparison.Ordinal);
        Assert.NotEmpty(plan.Output);
        Assert.Equal(2, refused.Errors.Count);
        Assert.All(refused.Errors, e => Assert.Contains("'***' or *** is too simple", e.ErrorDetails.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(PlantedSecrets.Find(string.Join('\n', AuditLogFile.Lines(Server)) + changes), _ => true);
    }

    [Fact]
    public void AnObjectThatTheServerRefuses_IsAnErrorAndTheOthersAreApplied()
    {
        _cluster.Cluster.Server.Options.Admission = item => (string?)item["kind"] == "ConfigMap" ? "no settings here" : null;

        ScriptResult result = _cluster.Session.Run("Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0]", _cluster.KubeConfig);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains("no settings here", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal("ConfigMap settings in namespace team", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(false, Assert.Single(result.Output).Properties["Succeeded"].Value);
        Assert.Contains("\"outcome\":\"Failed\"", Assert.Single(AuditLogFile.Lines(Server)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOverlayThatCannotBeRendered_IsRefusedAlsoWithSkipValidation()
    {
        _cluster.Write("app/kustomization.yaml", "resources: [namespace.yaml, none.yaml]\n");

        _cluster.Session.Run("Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0] -SkipValidation", _cluster.KubeConfig).SingleError("OverlayInvalid");

        Assert.Equal(0, _cluster.Writes);
        Assert.Null(await _cluster.GetAsync("/api/v1/namespaces/team"));
    }

    [Fact]
    public void Wait_ForWhatDoesNotGetReady_TellsItAfterTheTimeout()
    {
        _cluster.Write("app/settings.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "example.com/web:1"}]}
            """);

        ErrorRecord error = _cluster.Session.Run("Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0] -Wait -Timeout 10", _cluster.KubeConfig).SingleError("WaitTimedOut");

        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        Assert.Equal("Deployment web in namespace team", error.TargetObject);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    public void Timeout_ThatIsNone_IsRefused(string timeout) =>
        Assert.Contains("is not a ", Assert.Single(_cluster.Session.Run($"Deploy-KustomizeOverlay ./app -Timeout {timeout}").Errors).Exception.Message, StringComparison.Ordinal);

    private string Server => $"\"server\":\"{_cluster.Cluster.Address.ToString().TrimEnd('/')}\"";

    private void WriteColor(string color) =>
        _cluster.Write("app/settings.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{color: {color}}}\n");

    private void WriteSecrets(string secret)
    {
        _cluster.Write("app/kustomization.yaml", "namespace: team\nresources: [namespace.yaml, settings.yaml, secrets.yaml]\n");
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        _cluster.WriteSecret("app/secrets.yaml", $"""
            apiVersion: v1
            kind: Secret
            metadata: {"{name: data}"}
            data:
              password: {encoded}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {"{name: text}"}
            stringData:
              password: {secret}
            """);
    }

    private ScriptResult Run(string parameters) => _cluster.Session.Run(
        $"Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0] -SkipValidation {parameters} | ForEach-Object {{ $_; $_.Applied.Objects.Changes | ForEach-Object {{ \"$_\" }} }}", _cluster.KubeConfig);

    private string Deploy(string parameters) => _cluster.Session.Value<string>(
        $"Deploy-KustomizeOverlay ./app -KubeConfigPath $args[0] {parameters} | ForEach-Object {{ \"$($_.Succeeded): $($_.Summary)\" }}", _cluster.KubeConfig);
}
