using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class UninstallArgoCDTests : IAsyncLifetime
{
    private const string Server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server";
    private const string Application = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop";
    private const string Definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/applications.argoproj.io";
    private const string Show = " | ForEach-Object { \"$($_.Succeeded) $($_.Deleted.Count) $($_.Released.Count)\" }";

    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("install.yaml", ArgoCDManifest.Create());
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void WithoutAnArgoCD_ThereIsNothingToRemove() => Run("").SingleError("NotInstalled");

    [Fact]
    public async Task Alone_LeavesApplicationsBehindThatNothingHolds()
    {
        await InstallAsync();

        Assert.Equal("True 1 1", Value(Show));

        Assert.Null(await _cluster.GetAsync(Server));
        Assert.DoesNotContain("resources-finalizer", await _cluster.GetAsync(Application), StringComparison.Ordinal);
        Assert.NotNull(await _cluster.GetAsync(Definition));
        Assert.NotNull(await _cluster.GetAsync("/api/v1/namespaces/argocd"));
        Assert.Contains(AuditLines, l => l.Contains("\"cmdlet\":\"Uninstall-ArgoCD\"", StringComparison.Ordinal) && l.Contains("1 deleted, 1 released", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithDefinitionsAndNamespace_NothingIsLeft()
    {
        await InstallAsync();

        Assert.StartsWith("True", Value("-IncludeDefinitions -IncludeNamespace -Timeout 30" + Show), StringComparison.Ordinal);

        Assert.Null(await _cluster.GetAsync(Definition));
        Assert.Null(await _cluster.GetAsync("/api/v1/namespaces/argocd"));
    }

    [Fact]
    public async Task DryRun_TellsWhatWouldGoAndChangesNothing()
    {
        await InstallAsync();
        string?[] before = [await _cluster.GetAsync(Server), await _cluster.GetAsync(Application)];
        int lines = AuditLines.Count;

        Assert.Equal("True 1 1", Value("-DryRun Server" + Show));

        Assert.Equal(before.AsEnumerable(), [await _cluster.GetAsync(Server), await _cluster.GetAsync(Application)]);
        Assert.Equal(lines, AuditLines.Count);
    }

    [Fact]
    public void WhatIf_NeedsNoClusterAndChangesNothing()
    {
        ScriptResult result = _cluster.Session.Run("Uninstall-ArgoCD -KubeConfigPath ./none -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(_cluster.Cluster.Server.Requests);
    }

    [Fact]
    public async Task WhatIsNotGoneInTime_IsAnErrorThatSaysWhatHoldsIt()
    {
        await InstallAsync();
        await _cluster.PatchAsync(Server, """{"metadata":{"finalizers":["example.com/keep"]}}""");

        ScriptResult result = Run("-Timeout 10");

        ErrorRecord error = result.SingleError("WaitTimedOut");
        Assert.Equal("Deployment argocd-server in namespace argocd", error.TargetObject);
        Assert.Contains("example.com/keep", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(false, Assert.Single(result.Output).Properties["Succeeded"].Value);
    }

    [Fact]
    public async Task AServerThatHangsBehindTheDeletion_LeavesTheErrorOfTheWait()
    {
        await InstallAsync();
        await _cluster.PatchAsync(Server, """{"metadata":{"finalizers":["example.com/keep"]}}""");
        _cluster.Cluster.Server.Options.Interceptor = Silence.After(request => request.Method == "DELETE");

        ScriptResult result = Run("-Timeout 10");

        ErrorRecord error = result.SingleError("WaitTimedOut");
        Assert.Equal("Deployment argocd-server in namespace argocd", error.TargetObject);
        Assert.Contains("example.com/keep", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(result.Output).Properties["Succeeded"].Value);
    }

    [Fact]
    public void ItAsksFirst() =>
        Assert.Equal("High", _cluster.Session.Value<string>("(Get-Command Uninstall-ArgoCD).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact"));

    private IReadOnlyList<string> AuditLines => AuditLogFile.Lines(_cluster.Cluster.Address.Authority);

    private async Task InstallAsync()
    {
        Assert.Empty(_cluster.Session.Run("Install-ArgoCD -KubeConfigPath $args[0] -ManifestPath ./install.yaml", _cluster.KubeConfig).Errors);
        // Nothing of the manifest uses the definitions, so nobody has waited until they are served.
        while (await _cluster.GetAsync("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications") is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await _cluster.PostAsync("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications", """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"shop","namespace":"argocd","finalizers":["resources-finalizer.argocd.argoproj.io"]},
             "spec":{"project":"default","destination":{"server":"https://kubernetes.default.svc","namespace":"shop"},"source":{"repoURL":"https://git.example.com/shop.git","path":"deploy"}}}
            """);
    }

    private ScriptResult Run(string parameters) => _cluster.Session.Run($"param($config) Uninstall-ArgoCD -KubeConfigPath $config -Confirm:$false {parameters}", _cluster.KubeConfig);

    private string Value(string parameters) => _cluster.Session.Value<string>($"param($config) Uninstall-ArgoCD -KubeConfigPath $config -Confirm:$false {parameters}", _cluster.KubeConfig);
}
