using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

/// <summary>Secrets from the module Microsoft.PowerShell.SecretManagement, in a process whose home, and so whose list of vaults, is its own.</summary>
public sealed class SecretManagementTests(InProcessClusterPair pair) : IAsyncLifetime
{
    private const string Extension = """
        function Read-Store($Parameters) { Get-Content -Raw $Parameters.Path | ConvertFrom-Json -AsHashtable }
        function ConvertTo-Secure($Text) { $s = [securestring]::new(); foreach ($c in $Text.ToCharArray()) { $s.AppendChar($c) }; , $s }
        function Get-Secret([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters) {
            if ($AdditionalParameters.IsLocked) { throw [Microsoft.PowerShell.SecretManagement.PasswordRequiredException]::new('The vault is locked.') }
            $store = Read-Store $AdditionalParameters
            switch ($Name) {
                git-reader { [pscredential]::new('reader', (ConvertTo-Secure $store.password)) }
                git-token { , (ConvertTo-Secure $store.password) }
                git-text { $store.password }
                git-key { , [System.Text.Encoding]::UTF8.GetBytes($store.key) }
                git-table { @{ a = 'b' } }
            }
        }
        function Get-SecretInfo([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters) {
            foreach ($name in 'git-reader', 'git-token', 'git-text', 'git-key', 'git-table' -like $Filter) {
                [Microsoft.PowerShell.SecretManagement.SecretInformation]::new($name, 'Unknown', $VaultName)
            }
        }
        function Set-Secret([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters) { throw 'read only' }
        function Remove-Secret([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters) { throw 'read only' }
        function Test-SecretVault([string] $VaultName, [hashtable] $AdditionalParameters) { $true }
        Export-ModuleMember -Function Get-Secret, Get-SecretInfo, Set-Secret, Remove-Secret, Test-SecretVault
        """;

    private static readonly string Password = PlantedSecrets.Create("vault!");

    private ArgoCDWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await ArgoCDWorld.StartAsync(pair);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task AVault_GivesCredentialsPasswordsAndKeys()
    {
        await RegisterVaultAsync();

        string[] lines = await RunAsync($$"""
            $register = @{ KubeConfigPath = '{{_world.KubeConfig}}'; Namespace = '{{_world.Namespace}}' }
            function Show { process { "$($_.Kind) $($_.Action)" } }
            Register-ArgoRepository https://git.example.com/a.git -SecretName git-reader @register | Show
            Register-ArgoRepository https://git.example.com/a.git -SecretName git-token -Vault Ops -Username reader @register | Show
            Register-ArgoRepository https://git.example.com/a.git -SecretName git-text -Username reader @register | Show
            Register-ArgoRepository git@git.example.com:b.git -SecretName git-key -Vault Ops @register | Show
            Register-ArgoRepository https://git.example.com/a.git -Credential (Get-Secret git-reader -Vault Ops) @register | Show
            """);

        Assert.Equal(["Https Created", "Https Unchanged", "Https Unchanged", "Ssh Created", "Https Unchanged"], lines);
        JsonArray secrets = (JsonArray)(await _world.GetAsync(_world.Hub, $"/api/v1/namespaces/{_world.Namespace}/secrets"))!["items"]!;
        Assert.Equal([("", true), ("reader", false)], secrets.OfType<JsonObject>().Select(s => (ArgoCDWorld.Data(s, "username"), ArgoCDWorld.Data(s, "sshPrivateKey").Length > 0)).Order());
        Assert.Contains(secrets.OfType<JsonObject>(), s => ArgoCDWorld.Data(s, "password") == Password);
    }

    [Fact]
    public async Task WhatAVaultDoesNotGive_IsToldWithWhatToDo()
    {
        await RegisterVaultAsync();

        string[] lines = await RunAsync($$"""
            function Show([hashtable] $Parameters) {
                $failed = $null
                Register-ArgoRepository https://git.example.com/a.git -KubeConfigPath '{{_world.KubeConfig}}' -Namespace '{{_world.Namespace}}' @Parameters -ErrorVariable failed -ErrorAction SilentlyContinue
                "$($failed[0].FullyQualifiedErrorId.Split(',')[0]) | $($failed[0].ErrorDetails.Message) | $($failed[0].ErrorDetails.RecommendedAction)"
            }
            Show @{ SecretName = 'none' }
            Show @{ SecretName = 'git-reader'; Vault = 'Nowhere' }
            Show @{ SecretName = 'git-reader'; Vault = 'Locked' }
            Show @{ SecretName = 'git-table' }
            Show @{ SecretName = 'git-token' }
            exit 0
            """);

        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("SecretUnavailable | ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("|  |", line + "|", StringComparison.Ordinal));
        Assert.Contains("'none'", lines[0], StringComparison.Ordinal);
        Assert.Contains("Nowhere", lines[1], StringComparison.Ordinal);
        Assert.Contains("Get-SecretVault", lines[1], StringComparison.Ordinal);
        Assert.Contains("'Locked': The vault is locked. | ", lines[2], StringComparison.Ordinal);
        Assert.Contains("Hashtable", lines[3], StringComparison.Ordinal);
        Assert.Contains("-Username", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completes_VaultsAndTheirSecrets()
    {
        await RegisterVaultAsync();

        string[] lines = await RunAsync("""
            foreach ($text in 'Register-ArgoRepository x -Vault O', 'Register-ArgoRepository x -Vault Ops -SecretName git-t') {
                (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText -join ' '
            }
            """);

        Assert.Equal(["Ops", "git-table git-text git-token"], lines);
    }

    [Fact]
    public async Task WithoutTheModule_TheErrorSaysWhatToInstall()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunAsync(Path.GetDirectoryName(_world.Write("none/script.ps1", $$"""
            $env:PSModulePath = ''
            Import-Module '{{RepositoryRoot.Manifest}}'
            Register-ArgoRepository https://git.example.com/a.git -SecretName git -ErrorVariable failed -ErrorAction SilentlyContinue
            "$($failed[0].FullyQualifiedErrorId) | $($failed[0].CategoryInfo.Category) | $($failed[0].ErrorDetails.RecommendedAction)"
            exit 0
            """))!, "-File", "script.ps1");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("SecretUnavailable,", output, StringComparison.Ordinal);
        Assert.Contains("| ResourceUnavailable |", output, StringComparison.Ordinal);
        Assert.Contains("Install-PSResource", output, StringComparison.Ordinal);
    }

    private async Task RegisterVaultAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows the list of vaults is the user's, which a test must not change.");
        string[] installed = await RunAsync("@(Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement).Count");
        Assert.SkipWhen(installed is ["0"], "Microsoft.PowerShell.SecretManagement is not installed.");
        using ECDsa key = ECDsa.Create();
        string store = _world.WriteSecret("store.json", new JsonObject { ["password"] = Password, ["key"] = key.ExportPkcs8PrivateKeyPem() }.ToJsonString());
        string module = Path.GetDirectoryName(_world.Write("OpsVault/OpsVault.psd1", "@{ ModuleVersion = '1.0'; NestedModules = @('./OpsVault.Extension'); FunctionsToExport = @() }"))!;
        _world.Write("OpsVault/OpsVault.Extension/OpsVault.Extension.psd1", "@{ ModuleVersion = '1.0'; RootModule = 'OpsVault.Extension.psm1'; FunctionsToExport = @('Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault') }");
        _world.Write("OpsVault/OpsVault.Extension/OpsVault.Extension.psm1", Extension);
        await RunAsync($$"""
            Register-SecretVault -Name Ops -ModuleName '{{module}}' -VaultParameters @{ Path = '{{store}}' }
            Register-SecretVault -Name Locked -ModuleName '{{module}}' -VaultParameters @{ Path = '{{store}}'; IsLocked = $true } -DefaultVault
            """);
    }

    private async Task<string[]> RunAsync(string script)
    {
        string folder = Path.GetDirectoryName(_world.Write("home/script.ps1", $"Import-Module '{RepositoryRoot.Combine("ArgoBootstrap.psd1")}'\n{script}"))!;
        Dictionary<string, string> environment = new() { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["ARGOBOOTSTRAP_AUDIT_LOG"] = Path.Combine(folder, "audit.jsonl") };
        (int exitCode, string output, string errors) = await PwshProcess.RunAsync(folder, environment, "-File", "script.ps1");
        Assert.Equal((0, ""), (exitCode, errors));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
