using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

public sealed class ImportTests
{
    [Fact]
    public async Task Import_LoadsNothingThatOnlyClustersNeed()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunAsync(
            RepositoryRoot.Path,
            "-Command",
            $$"""
            function Get-Loaded { [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } }
            $before = Get-Loaded
            Import-Module '{{RepositoryRoot.Manifest}}'
            $null = Get-Command -Module ArgoBootstrap
            Get-Loaded | Where-Object { $_ -notin $before -and ($_ -like 'Kubernetes*' -or $_ -eq 'ArgoBootstrap.Clusters') }
            """);

        Assert.Equal((0, "", ""), (exitCode, output.Trim(), errors));
    }
}
