using System.Globalization;

namespace ArgoBootstrap.Benchmarks.Clusters;

/// <summary>Installs Argo CD with the first call of a new PowerShell session, as at a prompt.</summary>
/// <param name="PowerShell">The pwsh binary.</param>
/// <param name="Manifest">The module's manifest, built.</param>
internal sealed record NewSession(string PowerShell, string Manifest)
{
    private const string Script = """
        param($module, $kubeConfig, $manifest)
        $ErrorActionPreference = 'Stop'
        Import-Module $module
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Install-ArgoCD -KubeConfigPath $kubeConfig -ManifestPath $manifest -Confirm:$false
        $watch.Elapsed.TotalSeconds.ToString('R', [cultureinfo]::InvariantCulture)
        """;

    /// <summary>The session, or null where there is no pwsh or the module is not built.</summary>
    /// <param name="powerShell">The pwsh binary; the one on <c>PATH</c> when empty.</param>
    public static NewSession? Find(string powerShell)
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        string? found = powerShell.Length > 0
            ? powerShell
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, "ArgoBootstrap.psd1");
            if (File.Exists(manifest))
            {
                return found is not null && File.Exists(Path.Combine(folder.FullName, "module", "bin", "ArgoBootstrap.PowerShell.dll")) ? new NewSession(found, manifest) : null;
            }
        }
        return null;
    }

    /// <summary>Installs.</summary>
    /// <returns>Seconds of the call; the start of pwsh and the import are left out.</returns>
    public async Task<double> InstallAsync(string kubeConfig, string manifest)
    {
        string script = kubeConfig + ".ps1";
        await File.WriteAllTextAsync(script, Script);
        try
        {
            string output = await Programs.RunAsync(PowerShell, ["-NoProfile", "-NonInteractive", "-File", script, Manifest, kubeConfig, manifest], ("ARGOBOOTSTRAP_AUDIT_LOG", kubeConfig + ".audit"));
            return double.Parse(output, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
