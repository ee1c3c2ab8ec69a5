using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

/// <summary>What every cmdlet that changes a cluster says when it fails after its first change.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Fleet = "/api/v1/namespaces/cattle-fleet-system/secrets";

    private readonly ApiServerOptions _options = new();
    private ClusterFixture _cluster = null!;
    private int _writesLeft = int.MaxValue;

    public async ValueTask InitializeAsync()
    {
        _options.Interceptor = RefuseAsync;
        _cluster = await ClusterFixture.StartAsync(_options);
        _cluster.Write("install.yaml", ArgoCDManifest.Create());
        _cluster.Write("newer.yaml", ArgoCDManifest.Create("v3.5.2"));
        _cluster.Write("flux.yaml", Flux);
        _cluster.Write("overlay/kustomization.yaml", "configMapGenerator:\n- {name: one, literals: [a=1]}\n- {name: two, literals: [a=1]}\n- {name: three, literals: [a=1]}\n");
        _cluster.Session.Invoke("$global:PSDefaultParameterValues = @{ '*:KubeConfigPath' = $args[0] }", _cluster.KubeConfig);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("", "Install-ArgoCD -ManifestPath ./install.yaml")]
    [InlineData("Install-ArgoCD -ManifestPath ./install.yaml", "Update-ArgoCD -ManifestPath ./newer.yaml")]
    [InlineData("Install-ArgoCD -ManifestPath ./install.yaml", "Uninstall-ArgoCD -IncludeDefinitions -Confirm:$false")]
    [InlineData("", "Install-Flux -ManifestPath ./flux.yaml -Component source-controller")]
    [InlineData("Install-Flux -ManifestPath ./flux.yaml -Component source-controller", "Uninstall-Flux -IncludeDefinitions -Confirm:$false")]
    [InlineData("", "Install-Fleet 0.14.0 -HelmCommand ./helm")]
    [InlineData("Fleet", "Uninstall-Fleet -IncludeDefinitions -HelmCommand ./helm -Confirm:$false")]
    [InlineData("", "Deploy-KustomizeOverlay ./overlay -Confirm:$false")]
    [InlineData("", "Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $root -ManifestPath ./install.yaml -Confirm:$false")]
    [InlineData("Install-ArgoCD -ManifestPath ./install.yaml", "Register-ArgoCluster other -TargetKubeConfigPath $config -Confirm:$false")]
    [InlineData(
        "Install-ArgoCD -ManifestPath ./install.yaml; Register-ArgoCluster other -TargetKubeConfigPath $config -Confirm:$false",
        "Unregister-ArgoCluster other -TargetKubeConfigPath $config -Confirm:$false")]
    public async Task Changed_IsTrue_WhenSomethingWasChangedBefore(string before, string command)
    {
        _ = new HelmStandIn(_cluster, exitCode: 1, error: "Error: it fails");
        if (before == "Fleet")
        {
            await PrepareFleetAsync();
        }
        else if (before.Length > 0)
        {
            Assert.Empty(Run(before).Errors);
        }

        _writesLeft = 1;
        ScriptResult result = Run(command);

        Assert.NotEmpty(result.Errors);
        Assert.True(HasChanged(result), string.Join('\n', result.Errors));
    }

    [Fact]
    public void Changed_IsFalse_WhenTheFirstChangeIsRefused()
    {
        _writesLeft = 0;

        ScriptResult result = Run("Install-ArgoCD -ManifestPath ./install.yaml");

        Assert.False(HasChanged(result), result.SingleError("Forbidden").ToString());
    }

    private ScriptResult Run(string command) => _cluster.Session.Run("param($root, $config) " + command, RepositoryRoot.Path, _cluster.KubeConfig);

    /// <summary>Whether the errors or the result say that something was changed.</summary>
    private static bool HasChanged(ScriptResult result) => result.Errors.Select(e => PSObject.AsPSObject(e.Exception)).Concat(result.Output).Any(o => o.Properties["Changed"]?.Value is true);

    private async Task PrepareFleetAsync()
    {
        await _cluster.PostAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"cattle-fleet-system"} }""");
        await _cluster.PostAsync(Fleet, """
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"sh.helm.release.v1.fleet-crd.v1","labels":{"owner":"helm","name":"fleet-crd","status":"deployed","version":"1"} },"data":{"release":""} }
            """);
        await _cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gitrepos.fleet.cattle.io"},
             "spec":{"group":"fleet.cattle.io","scope":"Namespaced","names":{"plural":"gitrepos","singular":"gitrepo","kind":"GitRepo","listKind":"GitRepoList"},
              "versions":[{"name":"v1alpha1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]} }
            """);
        for (int attempt = 0; await _cluster.GetAsync("/apis/fleet.cattle.io/v1alpha1/gitrepos") is null && attempt < 100; attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await _cluster.PostAsync("/apis/fleet.cattle.io/v1alpha1/namespaces/default/gitrepos", """
            {"apiVersion":"fleet.cattle.io/v1alpha1","kind":"GitRepo","metadata":{"name":"shop","finalizers":["fleet.cattle.io/gitrepo-finalizer"]} }
            """);
    }

    /// <summary>Refuses every change once those that are left have been made. Questions and locks are none.</summary>
    private Task<bool> RefuseAsync(HttpContext http)
    {
        bool isChange = http.Request.Method != "GET"
            && !http.Request.QueryString.Value!.Contains("dryRun", StringComparison.Ordinal)
            && !http.Request.Path.Value!.Contains("reviews", StringComparison.Ordinal)
            && !http.Request.Path.Value.Contains("/leases", StringComparison.Ordinal);
        if (!isChange || Interlocked.Decrement(ref _writesLeft) >= 0)
        {
            return Task.FromResult(false);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsJsonAsync(new { kind = "Status", apiVersion = "v1", status = "Failure", reason = "Forbidden", code = 403, message = "it is enough" }, TestContext.Current.CancellationToken).ContinueWith(_ => true, TaskScheduler.Default);
    }

    private const string Flux = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: flux-system, labels: {app.kubernetes.io/part-of: flux}}
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gitrepositories.source.toolkit.fluxcd.io, labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}}
        spec:
          group: source.toolkit.fluxcd.io
          scope: Namespaced
          names: {plural: gitrepositories, singular: gitrepository, kind: GitRepository, listKind: GitRepositoryList}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: source-controller, namespace: flux-system, labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}}
        spec:
          selector: {matchLabels: {app: source-controller}}
          template:
            metadata: {labels: {app: source-controller}}
            spec: {containers: [{name: manager, image: "ghcr.io/fluxcd/source-controller:v1.7.3"}]}

        """;
}
