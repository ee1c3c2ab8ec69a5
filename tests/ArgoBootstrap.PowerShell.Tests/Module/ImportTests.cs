using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

public sealed class ImportTests
{
    [Fact]
    public async Task Import_LoadsNothingThatOnlyClustersNeed()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunCommandAsync(
            RepositoryRoot.Path,
            """
            $null = Get-Command -Module ArgoBootstrap
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'Kubernetes*' -or $_ -eq 'System.Net.Http' }
            """);

        Assert.Equal((0, "", ""), (exitCode, output.Trim(), errors));
    }
}
