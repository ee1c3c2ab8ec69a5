using System.Management.Automation;
using System.Text.Json.Nodes;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class InProcessFleetTests(InProcessClusterPair pair) : FleetTests(pair);

public sealed class RealFleetTests(RealClusterPair pair) : FleetTests(pair)
{
    [Fact]
    public async Task RealHelm_InstallsTheChartsAndASecondTimeNothingChanges()
    {
        Assert.SkipWhen(!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "helm"))), "There is no helm on PATH.");
        string charts = $"-ChartPath ./fleet -DefinitionChartPath ./fleet-crd -Namespace {Namespace}";
        WriteChart("1.0.0");

        PSObject first = Assert.Single(World.Session.Invoke($"Install-Fleet {charts} -Values @{{ color = 'blue' }}"));
        PSObject second = Assert.Single(World.Session.Invoke($"Install-Fleet {charts} -Values @{{ color = 'blue' }}"));
        WriteChart("1.1.0");
        PSObject third = Assert.Single(World.Session.Invoke($"Install-Fleet {charts} -Values @{{ color = 'blue' }}"));

        Assert.Equal((true, "1.0.0"), (first.Properties["Changed"].Value, first.Properties["Version"].Value));
        Assert.Equal(false, second.Properties["Changed"].Value);
        Assert.Equal((true, "1.1.0"), (third.Properties["Changed"].Value, third.Properties["Version"].Value));
        Assert.Equal("blue", (string?)(await World.GetAsync(World.Hub, $"/api/v1/namespaces/{Namespace}/configmaps/settings"))!["data"]!["color"]);

        WriteChart("1.0.5");
        World.Session.Run($"Install-Fleet {charts}").SingleError("DowngradeRefused");
        Assert.Equal("fleet", World.Session.Value<string>($"(Uninstall-Fleet {Namespace} -Confirm:$false).Releases"));
        Assert.Equal("fleet-crd", World.Session.Value<string>($"(Uninstall-Fleet {Namespace} -IncludeDefinitions -Confirm:$false).Releases"));
        World.Session.Run($"Uninstall-Fleet {Namespace} -IncludeDefinitions -Confirm:$false").SingleError("NotInstalled");
    }

    private void WriteChart(string version)
    {
        foreach (string name in new[] { "fleet", "fleet-crd" })
        {
            World.Write($"{name}/Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: {version}\n");
        }

        World.Write("fleet/templates/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {color: \"{{ .Values.color }}\"}\n");
    }
}

/// <summary>Install-Fleet and Uninstall-Fleet, with a stand-in for helm that records how it was started.</summary>
public abstract class FleetTests(ClusterPair pair) : IAsyncLifetime
{
    private static readonly string Token = PlantedSecrets.Create("helm");

    private protected ArgoCDWorld World { get; private set; } = null!;

    private protected string Namespace => "fleet-" + World.Id;

    public async ValueTask InitializeAsync() => World = await ArgoCDWorld.StartAsync(pair);

    public async ValueTask DisposeAsync()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Helm_IsStartedForBothChartsAndGetsNoValueAsAnArgument()
    {
        string record = WriteHelm("");

        PSObject result = Assert.Single(World.Session.Invoke($"Install-Fleet v0.14.0 -Namespace {Namespace} -HelmCommand ./helm -Values @{{ gitops = @{{ enabled = $false }}; apiToken = '{Token}' }}"));

        string[] starts = File.ReadAllLines(record);
        Assert.Equal((true, "0.14.0"), (result.Properties["Changed"].Value, result.Properties["Version"].Value));
        Assert.Equal(["upgrade fleet-crd fleet-crd", "upgrade fleet fleet"], starts.Select(line => string.Join(' ', line.Split(' ').Take(3))));
        Assert.All(starts, line => Assert.Contains("--version 0.14.0", line, StringComparison.Ordinal));
        Assert.All(starts, line => Assert.DoesNotContain(PlantedSecrets.Mark, line, StringComparison.Ordinal));
        JsonNode values = JsonNode.Parse(File.ReadAllText(record + ".values"))!;
        Assert.Equal((Token, false), ((string?)values["apiToken"], (bool)values["gitops"]!["enabled"]!));
        string line = Assert.Single(AuditLogFile.Lines(Namespace));
        Assert.Contains("\"cmdlet\":\"Install-Fleet\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSecrets.Mark, line, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatHelmSays_IsTheError()
    {
        WriteHelm($"echo 'Error: no such chart, token {Token}' >&2; exit 1");

        ErrorRecord error = World.Session.Run($"Install-Fleet 0.14.0 -Namespace {Namespace} -HelmCommand ./helm -Values @{{ apiToken = '{Token}' }}").SingleError("ProgramFailed");

        Assert.Contains("no such chart", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Failed\"", Assert.Single(AuditLogFile.Lines(Namespace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIf_ShowsTheCommandsAndStartsNone()
    {
        ScriptResult result = World.Session.Run($"(Install-Fleet 0.14.0 -Namespace {Namespace} -HelmCommand ./none -Context dead -WhatIf).Commands; Uninstall-Fleet {Namespace} -Context dead -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, command => Assert.Contains(" upgrade fleet", command.ToString(), StringComparison.Ordinal));
        Assert.Null(await World.GetAsync(World.Hub, $"/api/v1/namespaces/{Namespace}"));
    }

    [Theory]
    [InlineData("Install-Fleet latest", "InvalidRequest")]
    [InlineData("Install-Fleet 0.14.0 -HelmCommand ./none", "ProgramNotFound")]
    [InlineData("Install-Fleet 0.14.0 -Values @{ a = [datetime]::Now }", "InvalidRequest")]
    [InlineData("Install-Fleet -ChartPath ./none -DefinitionChartPath ./none", "FileNotFound")]
    [InlineData("Install-Fleet 0.14.0 -Context restricted", "Forbidden")]
    [InlineData("Uninstall-Fleet -Confirm:$false", "NotInstalled")]
    public void WrongInput_IsAnErrorThatSaysWhatToDo(string command, string id) =>
        Assert.NotEmpty(World.Session.Run($"{command} -Namespace {Namespace}").SingleError(id).ErrorDetails.RecommendedAction);

    /// <summary>Writes a program that records its arguments, a line each start, and the values that it got last.</summary>
    private string WriteHelm(string more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for helm is a shell script.");
        string record = World.Write("helm.log", "");
        World.WriteSecret("helm.log.values", "");
        string path = World.WriteSecret("helm", $$"""
            #!/bin/sh
            echo "$*" >> '{{record}}'
            while [ $# -gt 0 ]; do
              if [ "$1" = --values ]; then cat > '{{record}}.values'; fi
              shift
            done
            {{more}}

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return record;
    }
}
