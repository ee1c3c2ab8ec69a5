using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class TestClusterPrerequisiteTests : IAsyncLifetime
{
    private const string Failed = "param($config) @(Test-ClusterPrerequisite {0} -KubeConfigPath $config | Where-Object Status -in Failed, Warning | ForEach-Object {{ $_.Name + ':' + $_.Target }}) -join '; '";

    private ClusterFixture _cluster = null!;

    private static string Overlay => RepositoryRoot.Combine("apps", "system", "overlays", "prod", "dc11a", "argocd");

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void AnEmptyCluster_HasWhatEveryBootstrapNeeds()
    {
        Assert.Equal("", Run("", _cluster.KubeConfig));
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public async Task AnIngressClassThatIsNotThere_IsTold()
    {
        Assert.Contains("IngressClass:traefik", Run($"'{Overlay}'", _cluster.KubeConfig), StringComparison.Ordinal);

        await _cluster.PostAsync("/apis/networking.k8s.io/v1/ingressclasses", """{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"traefik"},"spec":{"controller":"example.com/ingress"}}""");

        Assert.Equal("", Run($"'{Overlay}'", _cluster.KubeConfig));
        Assert.Equal(1, _cluster.Writes);
    }

    [Fact]
    public void Overlays_ComeFromThePipeline()
    {
        string config = _cluster.KubeConfig;

        Assert.NotEmpty(_cluster.Session.Invoke("param($config, $root) Get-ClusterOverlay dc11a -RepositoryPath $root | Test-ClusterPrerequisite -KubeConfigPath $config", config, RepositoryRoot.Path));
    }

    [Fact]
    public void ARestrictedUser_LearnsEachMissingPermission()
    {
        string missing = Run("", _cluster.Cluster.WriteKubeConfig(_cluster.Cluster.RestrictedToken));

        Assert.Contains("Permission:get, list, watch, create, patch customresourcedefinitions.apiextensions.k8s.io in the whole cluster", missing, StringComparison.Ordinal);
        string role = _cluster.Session.Value<string>("param($config) (Test-ClusterPrerequisite -KubeConfigPath $config | Where-Object Name -eq Permission)[0].ClusterRole", _cluster.Cluster.WriteKubeConfig(_cluster.Cluster.RestrictedToken));
        Assert.Contains("kind: ClusterRole\n", role, StringComparison.Ordinal);
        Assert.Contains("resources: [customresourcedefinitions]\n  verbs: [get, list, watch, create, patch]", role, StringComparison.Ordinal);
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public async Task AServerThatIsGone_IsAResult()
    {
        InProcessCluster dead = await InProcessCluster.StartAsync();
        string config = _cluster.Cluster.WriteKubeConfig(address: dead.Address);
        await dead.DisposeAsync();

        Assert.Equal($"Reachability:{dead.Address.ToString().TrimEnd('/')}", Run("", config));
    }

    [Theory]
    [InlineData("Test-ClusterPrerequisite -KubeConfigPath ./none", "KubeConfigNotFound")]
    [InlineData("Test-ClusterPrerequisite -KubeConfigPath $args[0] -Context nowhere", "ContextNotFound")]
    public void AKubeConfigThatDoesNotFit_IsAnErrorWithARemedy(string script, string id)
    {
        ErrorRecord error = _cluster.Session.Run(script, _cluster.KubeConfig).SingleError(id);

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void AnOverlayThatCannotBeRendered_IsAnError()
    {
        _cluster.Write("broken/kustomization.yaml", "resources: [none.yaml]\n");
        _cluster.Session.Run("Test-ClusterPrerequisite ./broken -KubeConfigPath $args[0]", _cluster.KubeConfig).SingleError("OverlayInvalid");
    }

    [Fact]
    public void Context_IsCompletedFromTheKubeConfig()
    {
        _cluster.Write("config", "contexts: [{name: dc11a, context: {}}, {name: 'dc 11b', context: {}}, {name: other, context: {}}]\n");

        Assert.Equal(["dc11a", "'dc 11b'"], _cluster.Session.Complete("Test-ClusterPrerequisite -KubeConfigPath ./config -Context dc"));
    }

    [Theory]
    [InlineData("Test-ClusterPrerequisite")]
    [InlineData("Install-ArgoCD")]
    [InlineData("Uninstall-Flux")]
    public async Task Namespace_IsCompletedFromTheCluster(string command)
    {
        await _cluster.PostAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team-a"}}""");
        _cluster.Session.Invoke("param($config) $global:config = $config", _cluster.KubeConfig);

        Assert.Equal(["team-a"], _cluster.Session.Complete($"{command} -KubeConfigPath '{_cluster.KubeConfig}' -Namespace te"));
        Assert.Equal(["team-a"], _cluster.Session.Complete($"{command} -KubeConfigPath $config -Namespace te"));
    }

    private string Run(string parameters, string config) =>
        _cluster.Session.Value<string>(string.Format(System.Globalization.CultureInfo.InvariantCulture, Failed, parameters), config);
}
