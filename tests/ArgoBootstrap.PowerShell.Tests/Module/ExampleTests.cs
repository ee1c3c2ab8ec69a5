using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>The examples of the help run as they are printed: changes only as -WhatIf, reads against an API server.</summary>
public sealed partial class ExampleTests : IAsyncLifetime
{
    /// <summary>Examples that need what a test does not have.</summary>
    private static readonly Dictionary<string, string> Unrunnable = new()
    {
        ["Install-Flux 1"] = "downloads a release",
        ["Install-Flux 3"] = "downloads a release",
        ["Install-ArgoCD 3"] = "takes over nothing, but reads a cluster that has no such kinds",
        ["Invoke-GitOpsBootstrap 6"] = "reads what a bootstrap came to",
        ["Register-ArgoRepository 2"] = "reads a vault",
        ["Test-ClusterPrerequisite 3"] = "needs a user who lacks a permission",
        ["Uninstall-ArgoCD 1"] = "needs an Argo CD",
        ["Uninstall-Flux 2"] = "needs a Flux",
        ["Update-ArgoCD 2"] = "needs an Argo CD, and downloads a release",
        ["Update-ArgoCD 3"] = "needs an Argo CD",
    };

    /// <summary>Examples that the machine may lack a program for.</summary>
    private static readonly string[] OptionalPrograms = ["EngineNotFound", "EngineFailed", "ProgramNotFound"];

    private readonly FleetFolder _fleet = new();
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterFixture.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _fleet.Dispose();
    }

    [Fact]
    public async Task Examples_Run()
    {
        (string Name, string Text)[] examples = [.. Examples()];
        Prepare(examples);

        (_, string output, _) = await PwshProcess.RunAsync(
            _fleet.Path,
            new Dictionary<string, string>
            {
                ["KUBECONFIG"] = _fleet.Combine("kubeconfig"), ["HOME"] = _fleet.Path, ["USERPROFILE"] = _fleet.Path, ["ARGOBOOTSTRAP_AUDIT_LOG"] = _fleet.Combine("audit.jsonl"),
            },
            "-File",
            _fleet.Combine("run.ps1"),
            RepositoryRoot.Manifest);

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(examples.Length, lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal) || line.StartsWith("failed ", StringComparison.Ordinal)));
        Assert.True(!lines.Any(IsFault), string.Join('\n', lines.Where(IsFault)));
    }

    [Fact]
    public void Unrunnable_AreExamplesThatThereAre() =>
        Assert.Empty(Unrunnable.Keys.Except(Examples().Select(example => example.Name)));

    private static bool IsFault(string line) =>
        line.StartsWith("failed ", StringComparison.Ordinal)
        && !Unrunnable.Keys.Any(name => line.StartsWith($"failed {name}:", StringComparison.Ordinal))
        && !OptionalPrograms.Any(id => line.Contains($": {id},", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Text)> Examples() =>
        Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "cmdlets"), "*.md").Order(StringComparer.Ordinal).SelectMany(page =>
            CodeBlock().Matches(File.ReadAllText(page)).Select((block, index) => ($"{Path.GetFileNameWithoutExtension(page)} {index + 1}", block.Groups[1].Value)));

    private void Prepare((string Name, string Text)[] examples)
    {
        string kubeConfig = File.ReadAllText(_cluster.KubeConfig);
        string contexts = string.Concat(new[] { "hub", "dc11a", "dc11b", "aks1", "eks1" }.Select(name => $"- name: {name}\n  context: {{cluster: test-cluster, user: test-user}}\n"));
        _fleet.WriteSecret("kubeconfig", kubeConfig.TrimEnd() + "\n" + contexts);
        _fleet.WriteSecret("dc11a.yaml", kubeConfig);
        using RSA key = RSA.Create(2048);
        _fleet.Write(".ssh/argocd", key.ExportPkcs8PrivateKeyPem());
        _fleet.Write("app.pem", key.ExportPkcs8PrivateKeyPem());
        _fleet.Write("eks1-ca.pem", File.ReadAllText(RepositoryRoot.Combine("tests", "fixtures", "authority.pem")));
        _fleet.Write("clusters.csv", "Environment,Name,IngressHost\nprod,dc12a,argocd.dc12a.prod.example.com\n");
        _fleet.Write("install.yaml", ArgoCDManifest.Create());
        _fleet.Write("flux-v2.7.3.yaml", string.Join("---\n", new[] { "source-controller", "kustomize-controller" }.Select(name => $"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}, namespace: flux-system, labels: {{app.kubernetes.io/component: {name}}}}}\n")));
        _fleet.Write("fleet-0.14.0.tgz", "");
        _fleet.Write("fleet-crd-0.14.0.tgz", "");
        _fleet.Write("charts/argo-cd/Chart.yaml", "apiVersion: v2\nname: argo-cd\nversion: 10.4.0\n");
        _fleet.Write(".gitignore", "/*\n!/apps\n");
        TestGit.Init(_fleet.Path);
        TestGit.Commit(_fleet.Path);
        TestGit.Run(_fleet.Path, "tag", "v1.0");
        TestGit.Run(_fleet.Path, "tag", "v1.1");
        TestGit.Run(_fleet.Path, "update-ref", "refs/remotes/origin/main", "HEAD");
        foreach ((string name, string text) in examples)
        {
            _fleet.Write($"examples/{name}.ps1", text);
        }

        _fleet.Write(
            "run.ps1",
            """
            param($module)
            $PSStyle.OutputRendering = 'PlainText'
            $ProgressPreference = 'SilentlyContinue'
            Import-Module $module
            $credential = [pscredential]::new('user', (ConvertTo-SecureString 'example' -AsPlainText))
            function Get-Credential { $credential }
            foreach ($file in Get-ChildItem ./examples) {
                # As a script, 'exit' would end this one.
                $text = (Get-Content $file -Raw) -creplace '(?m)^exit ', 'return '
                $global:Error.Clear()
                & {
                    $WhatIfPreference = $true
                    $ErrorActionPreference = 'Stop'
                    try {
                        $null = & ([scriptblock]::Create($text)) 3>$null 6>$null | Out-String
                        "ok $($file.BaseName)"
                    }
                    catch {
                        "failed $($file.BaseName): $($_.FullyQualifiedErrorId): $($_ -replace '\s+', ' ')"
                    }
                }
            }
            """);
    }

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
