using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Parameters;

/// <summary>All cmdlets that render overlays have the same parameters for the flags of kustomize build.</summary>
public sealed class BuildFlagsTests : IDisposable
{
    private const string Dev = "apps/system/overlays/dev/argocd";

    private readonly FleetFolder _fleet = new();

    public static TheoryData<string> Cmdlets() =>
        ["Build-KustomizeOverlay", "Test-KustomizeOverlay", "Compare-KustomizeOverlay", "Deploy-KustomizeOverlay", "Invoke-GitOpsBootstrap"];

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_HasAllFlags(string name)
    {
        Assert.Empty(_fleet.Session.Invoke(
            """
            param($name)
            $expected = (Get-Command Build-KustomizeOverlay).Parameters
            $parameters = (Get-Command $name).Parameters
            $flags = [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetType('ArgoBootstrap.PowerShell.Parameters.IBuildFlags') }).Where({ $_ })[0].GetProperties()
            if ($flags.Count -lt 9) { throw 'The flags were not found.' }
            $flags | Where-Object { $parameters[$_.Name].ParameterType -ne $expected[$_.Name].ParameterType -or $null -eq $expected[$_.Name] }
            """,
            name));
    }

    [Fact]
    public void EnableManagedByLabel_IsSeenByAll()
    {
        Assert.Contains("app.kubernetes.io/managed-by: kustomize-v5", _fleet.Session.Value<string>($"Build-KustomizeOverlay {Dev} -AsYaml -EnableManagedByLabel"), StringComparison.Ordinal);
        Assert.DoesNotContain("app.kubernetes.io/managed-by: kustomize-v5", _fleet.Session.Value<string>($"Build-KustomizeOverlay {Dev} -AsYaml"), StringComparison.Ordinal);
        Assert.Equal(true, _fleet.Session.Invoke($"Test-KustomizeOverlay {Dev} -EnableManagedByLabel").Single().Properties["Passed"].Value);
    }

    [Fact]
    public void Helm_IsRenderedAsTheFlagsAsk()
    {
        Assert.SkipWhen(_fleet.Session.Run("Get-Command helm -CommandType Application -ErrorAction Ignore").Output.Count == 0, "There is no helm in the PATH.");
        _fleet.Write("chart/kustomization.yaml", "helmCharts:\n- name: web\n  releaseName: web\n");
        _fleet.Write("chart/charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        _fleet.Write("chart/charts/web/values.yaml", "{}\n");
        _fleet.Write(
            "chart/charts/web/templates/map.yaml",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: caps
            data:
              kube: {{ .Capabilities.KubeVersion.Version }}
              a: {{ .Capabilities.APIVersions.Has "acme.example.com/v1" | quote }}
              b: {{ .Capabilities.APIVersions.Has "acme.example.com/v2" | quote }}
            """);

        PSObject data = Assert.Single(_fleet.Session.Invoke("(Build-KustomizeOverlay chart -EnableHelm -HelmKubeVersion 1.29.3 -HelmApiVersion acme.example.com/v1, acme.example.com/v2 -HelmDebug).data"));
        PSObject other = Assert.Single(_fleet.Session.Invoke("(Build-KustomizeOverlay chart -EnableHelm -HelmKubeVersion 1.30.1 -HelmApiVersion acme.example.com/v1).data"));

        Assert.Equal(("v1.29.3", "true", "true"), (Text(data, "kube"), Text(data, "a"), Text(data, "b")));
        Assert.Equal(("v1.30.1", "true", "false"), (Text(other, "kube"), Text(other, "a"), Text(other, "b")));
    }

    private static string Text(PSObject value, string property) => value.Properties[property].Value.ToString()!;
}
