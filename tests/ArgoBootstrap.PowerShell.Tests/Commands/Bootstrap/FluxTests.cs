using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class InProcessFluxTests(InProcessClusterPair pair) : FluxTests(pair);

public sealed class RealFluxTests(RealClusterPair pair) : FluxTests(pair);

/// <summary>Install-Flux and Uninstall-Flux, with a manifest of the structure of Flux's releases. In one class, since they share cluster-wide objects.</summary>
public abstract class FluxTests(ClusterPair pair) : IAsyncLifetime
{
    private ArgoCDWorld _world = null!;

    private string Namespace => "flux-" + _world.Id;

    private string Controller => $"/apis/apps/v1/namespaces/{Namespace}/deployments/source-controller";

    public async ValueTask InitializeAsync()
    {
        _world = await ArgoCDWorld.StartAsync(pair);
        _world.Write("install.yaml", Manifest("v2.7.3"));
        _world.Write("older.yaml", Manifest("v2.6.0"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null)
        {
            // The tests share a cluster, and a Flux that is left there would be a second one for the next.
            _world.Session.Run($"Uninstall-Flux {Namespace} -Confirm:$false; Uninstall-Flux second-{_world.Id} -Confirm:$false");
            await _world.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Installs_TheComponentsThatAreChosen_AndASecondTimeChangesNothing()
    {
        PSObject first = Assert.Single(Install("-Component source-controller").Output);
        PSObject second = Assert.Single(Install("-Component source-controller").Output);

        Assert.Equal((true, "v2.7.3", Namespace), (first.Properties["Changed"].Value, first.Properties["Version"].Value, first.Properties["Namespace"].Value));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Manifest("v2.7.3")))).ToLowerInvariant(), first.Properties["ManifestSha256"].Value);
        Assert.Equal(false, second.Properties["Changed"].Value);
        JsonObject live = (await _world.GetAsync(_world.Hub, Controller))!;
        Assert.Equal("--events-addr=", (string?)live["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]![0]);
        Assert.Equal(Namespace, (string?)live["metadata"]!["labels"]!["app.kubernetes.io/instance"]);
        Assert.Null(await _world.GetAsync(_world.Hub, Controller.Replace("source", "notification", StringComparison.Ordinal)));
        Assert.All(AuditLogFile.Lines(Namespace), line => Assert.Contains("\"cmdlet\":\"Install-Flux\"", line, StringComparison.Ordinal));
        Assert.Equal(2, AuditLogFile.Lines(Namespace).Count);
    }

    [Fact]
    public async Task DryRun_AndWhatIf_ChangeNothing()
    {
        _world.Session.Invoke($"Install-Flux -ManifestPath ./install.yaml -Component source-controller, notification-controller -Namespace default -DryRun Server");
        string plan = _world.Session.Value<string>(
            $"(Install-Flux -ManifestPath ./install.yaml -Component source-controller -Namespace {Namespace} -Context dead -WhatIf | ForEach-Object {{ $_.Reference.Type.Kind }}) -join ' '");

        Assert.Equal("Namespace CustomResourceDefinition ClusterRole ClusterRole ClusterRoleBinding ClusterRoleBinding Deployment", plan);
        Assert.Null(await _world.GetAsync(_world.Hub, "/apis/apps/v1/namespaces/default/deployments/source-controller"));
        Assert.Null(await _world.GetAsync(_world.Hub, $"/api/v1/namespaces/{Namespace}"));
        Assert.Empty(AuditLogFile.Lines(Namespace));
    }

    [Fact]
    public void AnOlderVersion_IsRefusedUnlessItIsAllowed()
    {
        Install("-Component source-controller");

        ErrorRecord error = _world.Session.Run($"Install-Flux -ManifestPath ./older.yaml -Component source-controller -Namespace {Namespace}").SingleError("DowngradeRefused");

        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Equal("v2.6.0", _world.Session.Value<string>($"(Install-Flux -ManifestPath ./older.yaml -Component source-controller -Namespace {Namespace} -AllowDowngrade).Version"));
    }

    [Fact]
    public void Wait_ForWhatDoesNotGetReady_TellsItAfterTheTimeout()
    {
        ErrorRecord error = Install("-Component source-controller -Wait -Timeout 10").SingleError("WaitTimedOut");

        Assert.Contains("source-controller", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Failed\"", Assert.Single(AuditLogFile.Lines(Namespace)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ManifestPath ./install.yaml -Component toaster", "InvalidRequest")]
    [InlineData("-ManifestPath ./install.yaml -Component source-watcher", "InvalidRequest")]
    [InlineData("-ManifestPath ./none.yaml", "FileNotFound")]
    [InlineData("-ManifestPath ./kubeconfig", "InvalidObject")]
    [InlineData("-ManifestPath ./install.yaml -Component source-controller -Sha256 0000000000000000000000000000000000000000000000000000000000000000", "ChecksumMismatch")]
    [InlineData("-Version latest", "InvalidRequest")]
    [InlineData("-ManifestPath ./install.yaml -Component source-controller -Context restricted", "Forbidden")]
    public void WrongInput_IsAnErrorThatSaysWhatToDo(string parameters, string id)
    {
        ErrorRecord error = _world.Session.Run($"Install-Flux {parameters} -Namespace {Namespace}").SingleError(id);

        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task Uninstall_OfAUserWhoMayNot_LeavesFluxWhole()
    {
        Install("-Component source-controller");

        ErrorRecord error = _world.Session.Run($"Uninstall-Flux {Namespace} -Context restricted -Confirm:$false").SingleError("Forbidden");

        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.NotNull(await _world.GetAsync(_world.Hub, Controller));
    }

    [Fact]
    public async Task Uninstall_TakesFinalizersAwayAndKeepsDefinitionsUnlessTheyAreIncluded()
    {
        Install("-Component source-controller");
        string sources = $"/apis/source.toolkit.fluxcd.io/v1/namespaces/{Namespace}/gitrepositories";
        await _world.PostWhenServedAsync(sources, """{"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository","metadata":{"name":"x","finalizers":["finalizers.fluxcd.io"]} }""");

        Assert.Empty(_world.Session.Invoke($"Uninstall-Flux {Namespace} -WhatIf"));
        _world.Session.Invoke($"Uninstall-Flux {Namespace} -DryRun Server");
        Assert.NotNull(await _world.GetAsync(_world.Hub, Controller));
        PSObject result = Assert.Single(_world.Session.Invoke($"Uninstall-Flux {Namespace} -Confirm:$false"));

        Assert.Equal(true, result.Properties["Succeeded"].Value);
        Assert.Null(await _world.GetAsync(_world.Hub, Controller));
        Assert.Empty((JsonArray?)(await _world.GetAsync(_world.Hub, sources + "/x"))!["metadata"]!["finalizers"] ?? []);
        _world.Session.Invoke($"Uninstall-Flux {Namespace} -IncludeDefinitions -Confirm:$false");
        Assert.Null(await _world.GetAsync(_world.Hub, sources));
        Assert.Equal("NotInstalled", _world.Session.Run($"Uninstall-Flux {Namespace} -Confirm:$false").Errors[0].FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public async Task Uninstall_LeavesToASecondFlux_WhatItNeeds()
    {
        const string Rbac = "/apis/rbac.authorization.k8s.io/v1/";
        string second = "second-" + _world.Id;
        Install("-Component source-controller");
        Assert.Empty(_world.Session.Run($"Install-Flux -ManifestPath ./install.yaml -Namespace {second} -Component source-controller").Errors);
        await _world.PostAsync(_world.Hub, Rbac + "clusterrolebindings", $$"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"both-{{_world.Id}}","labels":{"app.kubernetes.io/part-of":"flux"} },
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
             "subjects":[{"kind":"ServiceAccount","name":"source-controller","namespace":"{{Namespace}}"},{"kind":"ServiceAccount","name":"source-controller","namespace":"{{second}}"}]}
            """);
        await _world.PostAsync(_world.Hub, $"{Rbac}namespaces/default/rolebindings", $$"""
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"viewers-{{_world.Id}}"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"flux-view-{{Namespace}}"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"alice"}]}
            """);

        PSObject planned = Assert.Single(_world.Session.Invoke($"Uninstall-Flux {Namespace} -IncludeDefinitions -DryRun Server"));
        Assert.Equal(2, ((JsonArray)(await _world.GetAsync(_world.Hub, $"{Rbac}clusterrolebindings/both-{_world.Id}"))!["subjects"]!).Count);
        PSObject result = Assert.Single(_world.Session.Invoke($"Uninstall-Flux {Namespace} -IncludeDefinitions -Confirm:$false"));

        string[] kept = Kept(result);
        Assert.Equal(Kept(planned), kept);
        Assert.Contains(kept, k => k.Contains($"ClusterRoleBinding both-{_world.Id}: it binds namespace {second} too", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.Contains($"ClusterRoleBinding crd-controller-{second}: it binds namespace {second}", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.Contains($"ClusterRole crd-controller-{second}: ", StringComparison.Ordinal) && k.EndsWith("still refers to it", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.EndsWith($"ClusterRole flux-view-{second}: it belongs to the Flux in {second}", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.Contains($"ClusterRole flux-view-{Namespace}: ", StringComparison.Ordinal) && k.Contains($"viewers-{_world.Id}", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.Contains("gitrepositories.source.toolkit.fluxcd.io", StringComparison.Ordinal));
        Assert.Null(await _world.GetAsync(_world.Hub, Controller));
        Assert.Null(await _world.GetAsync(_world.Hub, $"{Rbac}clusterroles/crd-controller-{Namespace}"));
        Assert.Null(await _world.GetAsync(_world.Hub, $"{Rbac}clusterrolebindings/crd-controller-{Namespace}"));
        Assert.NotNull(await _world.GetAsync(_world.Hub, $"/apis/apps/v1/namespaces/{second}/deployments/source-controller"));
        JsonObject binding = (await _world.GetAsync(_world.Hub, $"{Rbac}clusterrolebindings/crd-controller-{second}"))!;
        Assert.Equal($"crd-controller-{second}", (string?)binding["roleRef"]!["name"]);
        Assert.NotNull(await _world.GetAsync(_world.Hub, $"{Rbac}clusterroles/crd-controller-{second}"));
        Assert.Equal(second, (string?)Assert.Single((JsonArray)(await _world.GetAsync(_world.Hub, $"{Rbac}clusterrolebindings/both-{_world.Id}"))!["subjects"]!)!["namespace"]);

        // The last one takes the rest along.
        PSObject last = Assert.Single(_world.Session.Invoke($"Uninstall-Flux {second} -IncludeDefinitions -Confirm:$false"));
        Assert.Equal([$"ClusterRole flux-view-{Namespace}"], Kept(last).Select(k => k.Split(':')[0]));
        Assert.Null(await _world.GetAsync(_world.Hub, $"{Rbac}clusterrolebindings/both-{_world.Id}"));

        static string[] Kept(PSObject result) => [.. ((System.Collections.IEnumerable)result.Properties["Kept"].Value).Cast<object>().Select(k => k.ToString()!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Completes_Components() =>
        Assert.Equal(["image-reflector-controller", "image-automation-controller"], _world.Session.Complete("Install-Flux -Component image"));

    private ScriptResult Install(string parameters) => _world.Session.Run($"Install-Flux -ManifestPath ./install.yaml -Namespace {Namespace} {parameters}");

    private static string Manifest(string version) => $$"""
        apiVersion: v1
        kind: Namespace
        metadata:
          name: flux-system
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/instance: flux-system, app.kubernetes.io/version: {{version}} }
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gitrepositories.source.toolkit.fluxcd.io
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}
        spec:
          group: source.toolkit.fluxcd.io
          scope: Namespaced
          names: {plural: gitrepositories, singular: gitrepository, kind: GitRepository, listKind: GitRepositoryList}
          versions:
          - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true} } }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: cluster-reconciler
          labels: {app.kubernetes.io/part-of: flux}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects:
        - {kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: crd-controller
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/instance: flux-system}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: crd-controller}
        subjects:
        - {kind: ServiceAccount, name: source-controller, namespace: flux-system}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: crd-controller
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/instance: flux-system}
        rules:
        - {apiGroups: [source.toolkit.fluxcd.io], resources: ['*'], verbs: ['*']}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: flux-view
          labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/instance: flux-system}
        rules:
        - {apiGroups: [source.toolkit.fluxcd.io], resources: ['*'], verbs: [get]}
        ---
        {{Deployment("source-controller", version)}}
        ---
        {{Deployment("notification-controller", version)}}

        """;

    private static string Deployment(string name, string version) => $$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{name}}","namespace":"flux-system",
          "labels":{"app.kubernetes.io/part-of":"flux","app.kubernetes.io/instance":"flux-system","app.kubernetes.io/component":"{{name}}","app.kubernetes.io/version":"{{version}}"} },
         "spec":{"selector":{"matchLabels":{"app":"{{name}}"} },"template":{"metadata":{"labels":{"app":"{{name}}","app.kubernetes.io/instance":"flux-system"} },
          "spec":{"containers":[{"name":"manager","image":"ghcr.io/fluxcd/{{name}}:v1.7.3","args":["--events-addr=http://notification-controller.flux-system.svc.cluster.local./"]}]} } } }
        """.ReplaceLineEndings(" ");
}
