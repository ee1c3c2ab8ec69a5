using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>What -Verbose and -Debug tell of the work.</summary>
public sealed class ActivityTests : IAsyncLifetime
{
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("app/kustomization.yaml", "resources: [settings.yaml]\n");
        _cluster.Write("app/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\ndata: {a: b}\n");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void Verbose_TellsOfBuildsAndRequests_WithoutCredentials()
    {
        ScriptResult result = _cluster.Session.Run("param($config) Deploy-KustomizeOverlay ./app -KubeConfigPath $config -Verbose", _cluster.KubeConfig);

        Assert.Empty(result.Errors);
        Assert.Contains(result.Verbose, text => text.StartsWith("Built ", StringComparison.Ordinal) && text.Contains("1 objects", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, text => text.StartsWith("Context 'test' of ", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, text => text.StartsWith("PATCH ", StringComparison.Ordinal) && text.Contains("/api/v1/namespaces/default/configmaps/settings", StringComparison.Ordinal) && text.Contains(": 201 in ", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, text => text.Contains(_cluster.Cluster.AdminToken, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_TellsNothing()
    {
        ScriptResult result = _cluster.Session.Run("param($config) Deploy-KustomizeOverlay ./app -KubeConfigPath $config", _cluster.KubeConfig);

        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void Debug_TellsOfFiles_AndOfThoseThatDidNotChange()
    {
        string[] first = Debug("Build-KustomizeOverlay ./app -Debug");
        string[] second = Debug("$DebugPreference = 'Continue'; Build-KustomizeOverlay ./app");

        Assert.Contains(first, text => text.StartsWith("Read ", StringComparison.Ordinal) && text.Contains("settings.yaml", StringComparison.Ordinal));
        Assert.Contains(second, text => text.EndsWith("as they were parsed before", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_OfPrograms_HasTheirArguments()
    {
        HelmStandIn helm = new(_cluster, exitCode: 1);

        ScriptResult result = _cluster.Session.Run(
            "param($config, $helm) Install-Fleet 0.14.0 -KubeConfigPath $config -HelmCommand $helm -Verbose", _cluster.KubeConfig, helm.Path);

        Assert.Contains(result.Verbose, text => text.StartsWith($"Started {helm.Path} ", StringComparison.Ordinal) && text.Contains("fleet-crd", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, text => text.StartsWith($"{helm.Path} ended with exit code 1", StringComparison.Ordinal));
    }

    private string[] Debug(string command)
    {
        using System.Management.Automation.PowerShell pipeline = _cluster.Session.Create(command);
        pipeline.Invoke();
        Assert.Empty(pipeline.Streams.Error);
        return [.. pipeline.Streams.Debug.Select(record => record.Message)];
    }
}
