using System.Management.Automation;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

public sealed class InProcessRegisterArgoRepositoryTests(InProcessClusterPair pair) : RegisterArgoRepositoryTests(pair);

public sealed class RealRegisterArgoRepositoryTests(RealClusterPair pair) : RegisterArgoRepositoryTests(pair);

public abstract class RegisterArgoRepositoryTests(ClusterPair pair) : IAsyncLifetime
{
    private static readonly string Password = PlantedSecrets.Create("repository!");

    private ArgoCDWorld _world = null!;

    private string Url => $"https://git.example.com/{_world.Id}.git";

    public async ValueTask InitializeAsync()
    {
        _world = await ArgoCDWorld.StartAsync(pair);
        _world.Session.Invoke("""
            $global:secure = [securestring]::new()
            foreach ($c in $args[0].ToCharArray()) { $secure.AppendChar($c) }
            $global:credential = [pscredential]::new('reader', $secure)
            function global:ConvertTo-Secure($text) { $s = [securestring]::new(); foreach ($c in $text.ToCharArray()) { $s.AppendChar($c) }; , $s }
            """, Password);
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ACredential_IsWhatArgoCDReads_AndASecondTimeNothingChanges()
    {
        Assert.Equal("Https Created", Register($"{Url} -Credential $credential -Project team -Label @{{ a = 'b' }}"));
        Assert.Equal("Https Unchanged", Register($"{Url} -Username reader -Password $secure -Project team -Label @{{ a = 'b' }}"));

        JsonObject secret = Assert.Single(await SecretsAsync());
        Assert.Equal("repository b", $"{secret["metadata"]!["labels"]!["argocd.argoproj.io/secret-type"]} {secret["metadata"]!["labels"]!["a"]}");
        Assert.Equal(("git", Url, "reader", Password, "team"), (Data(secret, "type"), Data(secret, "url"), Data(secret, "username"), Data(secret, "password"), Data(secret, "project")));
    }

    [Fact]
    public async Task APrivateKey_ComesFromAFileOrASecureString()
    {
        using ECDsa key = ECDsa.Create();
        string pem = Planted(key);
        _world.WriteSecret("key.pem", pem.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal("Ssh Created", Register($"git@git.example.com:{_world.Id}.git -PrivateKeyPath ./key.pem"));
        _world.Session.Invoke("$global:key = ConvertTo-Secure $args[0]", pem);
        Assert.Equal("Ssh Unchanged", Register($"git@git.example.com:{_world.Id}.git -PrivateKey $key"));
        Assert.Equal("GitHubApp Created", Register($"https://github.com/{_world.Id} -GitHubAppId 12 -GitHubAppInstallationId 34 -PrivateKeyPath ./key.pem -AsTemplate"));

        JsonObject[] secrets = [.. await SecretsAsync()];
        Assert.Equal(pem + "\n", Data(secrets.Single(s => Data(s, "sshPrivateKey").Length > 0), "sshPrivateKey"));
        JsonObject app = secrets.Single(s => Data(s, "githubAppID") == "12");
        Assert.Equal(("repo-creds", "34", pem + "\n"), ((string?)app["metadata"]!["labels"]!["argocd.argoproj.io/secret-type"], Data(app, "githubAppInstallationID"), Data(app, "githubAppPrivateKey")));
    }

    [Fact]
    public async Task Charts_ComeFromRegistriesAndHelmRepositories()
    {
        Assert.Equal("HelmOci Created", Register($"registry.example.com:5000/{_world.Id} -Kind HelmOci -Name charts -Credential $credential"));
        Assert.Equal("HelmOci Unchanged", Register($"oci://registry.example.com:5000/{_world.Id} -Kind HelmOci -Name charts -Credential $credential"));
        Assert.Equal("Helm Created", Register($"https://charts.example.com/{_world.Id} -Kind Helm -Name helm"));

        JsonObject[] secrets = [.. await SecretsAsync()];
        JsonObject oci = secrets.Single(s => Data(s, "name") == "charts");
        Assert.Equal(("helm", "true", $"registry.example.com:5000/{_world.Id}"), (Data(oci, "type"), Data(oci, "enableOCI"), Data(oci, "url")));
        Assert.Equal("helm", Data(secrets.Single(s => Data(s, "name") == "helm"), "type"));
    }

    [Fact]
    public async Task OciSources_AreOfTheirOwnType_BesideChartsOfTheSameRegistry()
    {
        string artifact = $"registry.example.com/{_world.Id}";
        Assert.Equal("Oci Created", Register($"OCI://{artifact} -Username reader -Password $secure -Project team -Insecure -WarningAction Ignore"));
        Assert.Equal("Oci Unchanged", Register($"oci://{artifact} -Kind Oci -Credential $credential -Project team -Insecure -WarningAction Ignore"));
        Assert.Equal("HelmOci Created", Register($"{artifact} -Kind HelmOci -Credential $credential -Project team"));
        Assert.Equal("Oci Created", Register("oci://registry.example.com -AsTemplate -Credential $credential"));
        Assert.Equal("HelmOci Created", Register("registry.example.com -Kind HelmOci -AsTemplate -Credential $credential"));

        JsonObject[] secrets = [.. await SecretsAsync()];
        JsonObject source = secrets.Single(s => Data(s, "url") == $"oci://{artifact}");
        Assert.Equal(("oci", "", "reader", Password, "team", "true"), (Data(source, "type"), Data(source, "enableOCI"), Data(source, "username"), Data(source, "password"), Data(source, "project"), Data(source, "insecure")));
        Assert.Equal("true", Data(secrets.Single(s => Data(s, "url") == artifact), "enableOCI"));
        JsonObject[] templates = [.. secrets.Where(s => (string?)s["metadata"]!["labels"]!["argocd.argoproj.io/secret-type"] == "repo-creds")];
        Assert.Equal(["helm registry.example.com true", "oci oci://registry.example.com "], templates.Select(s => $"{Data(s, "type")} {Data(s, "url")} {Data(s, "enableOCI")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Kinds_AreCompleted()
    {
        IEnumerable<string> kinds = _world.Session.Invoke("(TabExpansion2 'Register-ArgoRepository x -Kind ' 32).CompletionMatches.CompletionText").Select(k => k.ToString());

        Assert.Equal(["GitHubApp", "Helm", "HelmOci", "Https", "Oci", "Ssh"], kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AVault_GivesCredentialsPasswordsAndKeys()
    {
        using ECDsa key = ECDsa.Create();
        _world.Write("Microsoft.PowerShell.SecretManagement.psm1", """
            function Get-Secret([string] $Name, [string] $Vault) {
                switch ($Name) {
                    credential { $global:credential }
                    password { , $global:secure }
                    key { , [System.Text.Encoding]::UTF8.GetBytes($global:pem) }
                    table { @{ a = 1 } }
                    default { throw "The secret $Name was not found." }
                }
            }
            """);
        _world.Session.Invoke("$global:pem = $args[0]; Import-Module ./Microsoft.PowerShell.SecretManagement.psm1", Planted(key));

        Assert.Equal("Https Created", Register($"{Url} -SecretName credential -Vault ops"));
        Assert.Equal("Https Unchanged", Register($"{Url} -SecretName password -Username reader"));
        Assert.Equal("Ssh Created", Register($"git@git.example.com:{_world.Id}.git -SecretName key"));
        Assert.Equal(Password, Data((await SecretsAsync()).Single(s => Data(s, "url") == Url), "password"));
        foreach (string wrong in new[] { $"{Url} -SecretName password", $"{Url} -SecretName table", $"{Url} -SecretName none", $"git@x:y -SecretName credential" })
        {
            Assert.NotEmpty(_world.Session.Run($"Register-ArgoRepository {wrong}").SingleError("SecretUnavailable").ErrorDetails.RecommendedAction);
        }
    }

    [Fact]
    public void TheSecret_IsNeverInOutputErrorsOrAuditLog()
    {
        List<string> texts = [];
        foreach (string parameters in new[] { "-Credential $credential", "-Username reader -Password $secure -Context restricted", "-Username reader -Password $secure -Namespace none", "-PrivateKey $secure -Verbose" })
        {
            ScriptResult result = _world.Session.Run($"Register-ArgoRepository {Url} {parameters} | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Serialize($_, 6) }}");
            texts.AddRange([.. result.Output.Select(o => o.ToString()), .. result.Verbose, .. result.Warnings, .. result.Errors.Select(e => $"{e} {e.Exception} {e.ErrorDetails.Message}")]);
        }

        IReadOnlyList<string> audit = AuditLogFile.Lines(Url);
        Assert.Equal(["Succeeded", "Failed", "Failed"], audit.Select(line => (string?)JsonNode.Parse(line)!["outcome"]));
        Assert.All([.. texts, .. audit], text =>
        {
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Password)), text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task ASecondSecretForTheRepository_IsRefusedUnlessItIsForced()
    {
        await _world.PostAsync(_world.Hub, $"/api/v1/namespaces/{_world.Namespace}/secrets", $$"""
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"by-hand","labels":{"argocd.argoproj.io/secret-type":"repository"} },"type":"Opaque",
             "data":{"url":"{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Url[..^4] + "/"))}}"} }
            """);

        Assert.Contains("by-hand", _world.Session.Run($"Register-ArgoRepository {Url} -Credential $credential").SingleError("RegistrationExists").ErrorDetails.Message, StringComparison.Ordinal);

        Assert.Equal("Https Configured", Register($"{Url} -Credential $credential -Force"));
        Assert.Equal(Password, Data(Assert.Single(await SecretsAsync()), "password"));
    }

    [Fact]
    public async Task WhatIf_AsksNoClusterAndNoVault()
    {
        ScriptResult result = _world.Session.Run($"Register-ArgoRepository {Url} -SecretName git -Context dead -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(await SecretsAsync());
        Assert.Empty(AuditLogFile.Lines(Url));
    }

    [Theory]
    [InlineData("https://u:pl4nted@git.example.com/x -Credential $credential", "InvalidRequest")]
    [InlineData("http://git.example.com/x -Credential $credential", "InvalidRequest")]
    [InlineData("git@git.example.com:x -Credential $credential", "InvalidRequest")]
    [InlineData("git@git.example.com:x -PrivateKey $secure", "InvalidRequest")]
    [InlineData("https://git.example.com/x -PrivateKeyPath ./key.pub", "InvalidRequest")]
    [InlineData("git@git.example.com:x -PrivateKeyPath ./key.pub", "InvalidRequest")]
    [InlineData("git@git.example.com:x -PrivateKeyPath ./key.encrypted", "InvalidRequest")]
    [InlineData("git@git.example.com:x -PrivateKeyPath ./none", "FileNotFound")]
    [InlineData("https://charts.example.com -Kind Helm", "InvalidRequest")]
    [InlineData("https://git.example.com/ -AsTemplate", "InvalidRequest")]
    [InlineData("oci://registry.example.com/ -AsTemplate", "InvalidRequest")]
    [InlineData("oci://u:pl4nted@registry.example.com/x -Credential $credential", "InvalidRequest")]
    [InlineData("https://registry.example.com/x -Kind Oci", "InvalidRequest")]
    [InlineData("https://registry.example.com/x -Kind HelmOci", "InvalidRequest")]
    [InlineData("registry.example.com/x -Kind Oci", "InvalidRequest")]
    [InlineData("registry.example.com/x -Kind Helm -Name x", "InvalidRequest")]
    [InlineData("oci://registry.example.com", "InvalidRequest")]
    [InlineData("oci:///x", "InvalidRequest")]
    [InlineData("oci://registry.example.com/x:1.2", "InvalidRequest")]
    [InlineData("registry.example.com/x@sha256:12 -Kind HelmOci", "InvalidRequest")]
    [InlineData("oci://registry.example.com/Team/x", "InvalidRequest")]
    [InlineData("oci://registry.example.com/x -PrivateKeyPath ./key.pem", "InvalidRequest")]
    [InlineData("https://git.example.com/x -Namespace none", "NotInstalled")]
    public async Task WrongInput_IsAnErrorThatSaysWhatToDo(string parameters, string id)
    {
        _world.Write("key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA someone@example.com\n");
        using ECDsa key = ECDsa.Create();
        _world.WriteSecret("key.pem", Planted(key));
        _world.Write("key.encrypted", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");

        ErrorRecord error = _world.Session.Run($"Register-ArgoRepository {parameters}").SingleError(id);

        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain("pl4nted", $"{error} {error.TargetObject}", StringComparison.Ordinal);
        Assert.Empty(await SecretsAsync());
    }

    /// <summary>A key's text with a planted secret in it, where the format has room for anything.</summary>
    private static string Planted(ECDsa key) => key.ExportPkcs8PrivateKeyPem().Replace("-----\nM", $"-----\n{PlantedSecrets.Create("key")}\nM", StringComparison.Ordinal);

    private string Register(string parameters) => _world.Session.Value<string>($"Register-ArgoRepository {parameters} | ForEach-Object {{ \"$($_.Kind) $($_.Action)\" }}");

    private async Task<IEnumerable<JsonObject>> SecretsAsync() =>
        ((JsonArray)(await _world.GetAsync(_world.Hub, $"/api/v1/namespaces/{_world.Namespace}/secrets"))!["items"]!).OfType<JsonObject>();

    private static string Data(JsonObject secret, string key) => ArgoCDWorld.Data(secret, key);
}
