using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

/// <summary>The module in sessions that are not as usual: two versions of it, strict mode, constrained language.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public async Task TwoVersions_AreImportedOneAfterTheOther_AndTheLastOneCounts()
    {
        Copy("first", "0.0.1");
        Copy("second", "0.0.2");

        string output = await RunAsync(
            """
            Import-Module ./first/ArgoBootstrap.psd1
            (Get-ClusterOverlay).Count
            Import-Module ./second/ArgoBootstrap.psd1
            "$((Get-Module ArgoBootstrap).Version) $((Get-Command Get-ClusterOverlay).Version)"
            (Get-ClusterOverlay | Build-KustomizeOverlay | Group-Object Cluster).Count
            Import-Module ./first/ArgoBootstrap.psd1
            (Get-Command Get-ClusterOverlay).Version.ToString()
            $Error.Count
            """);

        Assert.Equal("3 0.0.2 0.0.2 3 0.0.1 0", output);
    }

    [Fact]
    public async Task ConstrainedLanguage_IsSaidPlainly()
    {
        string output = await RunAsync(
            """
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            try { Import-Module $module -ErrorAction Stop } catch { "$_" }
            """);

        Assert.StartsWith("ArgoBootstrap was not loaded: the session's language mode is ConstrainedLanguage", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrictMode_LeavesNoError()
    {
        string output = await RunAsync(
            """
            Set-StrictMode -Version Latest
            Import-Module $module
            $Error.Clear()
            $commands = @(
                { Get-GitOpsRepository }, { Get-ClusterOverlay }, { Resolve-OverlayPath prod dc11a }, { Build-KustomizeOverlay ./apps }, { Build-KustomizeOverlay ./apps -OutputPath ./out },
                { Test-KustomizeOverlay ./apps }, { Test-KustomizeOverlay ./apps | ForEach-Object Findings }, { Deploy-KustomizeOverlay ./apps/system/overlays/dev/argocd -WhatIf },
                { Invoke-GitOpsBootstrap dev -WhatIf }, { (Invoke-GitOpsBootstrap dev -WhatIf).Steps }, { Install-ArgoCD -Environment dev -WhatIf }, { Install-Fleet 0.14.0 -WhatIf },
                { Compare-KustomizeOverlay ./apps/system/overlays/prod/dc11a/argocd ./apps/system/overlays/prod/dc11b/argocd }
            )
            foreach ($command in $commands) { $null = & $command 6>$null | Out-String }
            "$Error"
            (Build-KustomizeOverlay ./apps/system/overlays/dev/argocd -OutputPath ./one.yaml | Out-String) -match "\b$((Get-Item ./one.yaml).Length)\b"
            """);

        Assert.Equal("True", output);
    }

    [Fact]
    public async Task Csv_HasNoNamesThatTheCompilerMade()
    {
        _fleet.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: [missing.yaml]\n");

        string output = await RunAsync(
            """
            Import-Module $module
            $csv = @(
                Get-GitOpsRepository | ConvertTo-Csv
                Get-ClusterOverlay | ConvertTo-Csv
                $results = Test-KustomizeOverlay ./apps
                $results | ConvertTo-Csv
                $results | ForEach-Object Findings | ConvertTo-Csv
                Compare-KustomizeOverlay ./apps/system/overlays/prod/dc11a/argocd ./apps/system/overlays/prod/dc11b/argocd | ConvertTo-Csv
                Invoke-GitOpsBootstrap prod dc11a -WhatIf 6>$null | ConvertTo-Csv
            )
            @($csv -match '<>|ReadOnlyArray|System\.').Count
            @($csv -match 'missing\.yaml').Count -gt 0
            @($results.Findings | ConvertTo-Json | Select-String '"Severity": *"Error"').Count -gt 0
            """);

        Assert.Equal("0 True True", output);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Copy(string folder, string version)
    {
        string manifest = File.ReadAllText(RepositoryRoot.Manifest);
        string current = manifest.Split("ModuleVersion        = '")[1].Split('\'')[0];
        _fleet.Write($"{folder}/ArgoBootstrap.psd1", manifest.Replace($"'{current}'", $"'{version}'", StringComparison.Ordinal));
        CopyFolder(RepositoryRoot.Combine("module"), _fleet.Combine($"{folder}/module"));
    }

    private async Task<string> RunAsync(string script)
    {
        _fleet.Write("run.ps1", $"$PSStyle.OutputRendering = 'PlainText'; $module = '{RepositoryRoot.Manifest}'\n{script}");
        (_, string output, string errors) = await PwshProcess.RunAsync(_fleet.Path, "-File", _fleet.Combine("run.ps1"));
        Assert.Equal("", errors);
        return string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("What if: ", StringComparison.Ordinal)));
    }
}
