using System.Management.Automation;
using System.Text.Json.Nodes;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Clusters;

public sealed class InProcessRegisterArgoClusterTests(InProcessClusterPair pair) : RegisterArgoClusterTests(pair);

public sealed class RealRegisterArgoClusterTests(RealClusterPair pair) : RegisterArgoClusterTests(pair);

public abstract class RegisterArgoClusterTests(ClusterPair pair) : ArgoClusterTests(pair)
{
    [Fact]
    public async Task ACluster_GetsAnAccountAndTheHubItsToken_AndASecondTimeNothingChanges()
    {
        PSObject first = Assert.Single(Register("-Label @{ environment = 'prod'; wave = 2 } -Project team").Output);
        JsonObject secret = (await World.SecretAsync("cluster-" + Name))!;

        PSObject second = Assert.Single(Register().Output);

        Assert.Equal((true, true), (first.Properties["Changed"].Value, first.Properties["IssuedToken"].Value));
        Assert.Equal((false, false), (second.Properties["Changed"].Value, second.Properties["IssuedToken"].Value));
        Assert.True((DateTimeOffset)first.Properties["TokenExpires"].Value > DateTimeOffset.UtcNow.AddMinutes(50));
        Assert.Equal("prod 2 cluster", string.Join(' ', new[] { "environment", "wave", "argocd.argoproj.io/secret-type" }.Select(l => (string?)secret["metadata"]!["labels"]![l])));
        Assert.Equal(secret.ToJsonString(), (await World.SecretAsync("cluster-" + Name))!.ToJsonString());
        Assert.NotNull(await World.GetAsync(World.Target, AccountPath));
        Assert.NotNull(await World.GetAsync(World.Target, RolePath));
    }

    [Fact]
    public async Task Rotate_IssuesANewTokenAndKeepsTheRest()
    {
        Register("-Label @{ environment = 'prod' } -Annotation @{ owner = 'team-a' } -Server https://dc11a.example.com:6443");
        string before = await TokenAsync();

        ScriptResult rotated = Register("-Rotate -Server https://dc11a.example.com:6443");

        Assert.Empty(rotated.Errors);
        JsonObject after = (await World.SecretAsync("cluster-" + Name))!;
        Assert.NotEqual(before, await TokenAsync());
        Assert.Equal("prod", (string?)after["metadata"]!["labels"]!["environment"]);
        Assert.Equal("team-a", (string?)after["metadata"]!["annotations"]!["owner"]);
        Assert.Equal("https://dc11a.example.com:6443", ArgoCDWorld.Data(after, "server"));
    }

    [Fact]
    public async Task AToken_IsNeverInOutputOrAuditLog()
    {
        ScriptResult result = World.Session.Run($"Register-ArgoCluster {Name} -TargetContext target -ServiceAccount {Account} -Verbose | ForEach-Object {{ [System.Management.Automation.PSSerializer]::Serialize($_, 6) }}");
        JsonNode config = JsonNode.Parse(await TokenAsync())!;
        string token = (string)config["bearerToken"]!;

        string line = Assert.Single(AuditLines);
        Assert.Contains("\"cmdlet\":\"Register-ArgoCluster\"", line, StringComparison.Ordinal);
        Assert.Contains("\"context\":\"hub\"", line, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Succeeded\"", line, StringComparison.Ordinal);
        Assert.All([line, .. result.Output.Select(o => o.ToString()), .. result.Warnings, .. result.Verbose], text => Assert.DoesNotContain(token, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Namespaces_GiveRightsThereAndTakeAwayThoseEverywhere()
    {
        string team = "team-" + World.Id;
        await World.AddNamespaceAsync(World.Target, team);
        Register();

        PSObject narrowed = Assert.Single(Register($"-ManagedNamespace {team}").Output);

        Assert.Null(await World.GetAsync(World.Target, RolePath));
        Assert.NotNull(await World.GetAsync(World.Target, $"/apis/rbac.authorization.k8s.io/v1/namespaces/{team}/roles/{Account}-role"));
        Assert.Equal((team, "false"), (ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "namespaces"), ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "clusterResources")));
        Assert.Equal(2, ((System.Collections.ICollection)narrowed.Properties["Removed"].Value).Count);

        Assert.Empty(Register("-ManagedNamespace @()").Errors);
        Assert.NotNull(await World.GetAsync(World.Target, RolePath));
        Assert.Equal("", ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "namespaces"));
    }

    [Fact]
    public async Task ArgoCDsOwnCluster_NeedsNoAccount()
    {
        World.Session.Invoke($"Register-ArgoCluster {Name} -Label @{{ environment = 'dev' }}");

        JsonObject? secret = await World.SecretAsync("cluster-" + Name);
        Assert.Equal("https://kubernetes.default.svc", ArgoCDWorld.Data(secret, "server"));
        Assert.Equal("""{"tlsClientConfig":{"insecure":false}}""", ArgoCDWorld.Data(secret, "config"));
    }

    [Theory]
    [InlineData("true", "", true)]
    [InlineData("false", "", false)]
    [InlineData("true", "-CertificateAuthorityPath ./authority.pem", false)]
    public async Task AnInsecureContext_IsNotRegisteredSilently(string skips, string parameters, bool isInsecure)
    {
        World.WriteSecret("other", $$"""
            apiVersion: v1
            kind: Config
            current-context: other
            clusters:
            - {name: other, cluster: {server: "{{World.Target.Address.ToString().TrimEnd('/')}}", insecure-skip-tls-verify: {{skips}}{{(skips == "true" ? "" : Authority())}} } }
            users:
            - {name: other, user: {token: {{World.Target.AdminToken}} } }
            contexts:
            - {name: other, context: {cluster: other, user: other} }

            """);
        World.Write("authority.pem", World.Target.AuthorityPem ?? File.ReadAllText(RepositoryRoot.Combine("tests/fixtures/authority.pem")));

        ScriptResult result = World.Session.Run($"Register-ArgoCluster {Name} -TargetKubeConfigPath ./other -ServiceAccount {Account} {parameters}");

        Assert.Empty(result.Errors);
        Assert.Equal(isInsecure, result.Warnings.Any(w => w.Contains("is registered without checking the server's certificate", StringComparison.Ordinal)));
        Assert.Equal(isInsecure, (bool)JsonNode.Parse(ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "config"))!["tlsClientConfig"]!["insecure"]!);

        string Authority() => World.Target.AuthorityPem is { } pem ? $", certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem))}" : "";
    }

    [Fact]
    public async Task Programs_NeedNoConnectionToTheCluster()
    {
        World.Session.Invoke($"Register-ArgoCluster {Name} -ExecCommand argocd-k8s-auth -ExecArgument azure -ExecEnvironment @{{ AAD_LOGIN_METHOD = 'workloadidentity' }} -Server https://aks.example.com/");
        World.Session.Invoke($"Register-ArgoCluster {Name}-eks -AwsClusterName eks1 -AwsRoleArn arn:aws:iam::1:role/argocd -Server https://eks.example.com");

        JsonObject? exec = await World.SecretAsync("cluster-" + Name);
        Assert.Equal("https://aks.example.com", ArgoCDWorld.Data(exec, "server"));
        JsonNode provider = JsonNode.Parse(ArgoCDWorld.Data(exec, "config"))!["execProviderConfig"]!;
        Assert.Equal(("argocd-k8s-auth", "azure", "workloadidentity"), ((string?)provider["command"], (string?)provider["args"]![0], (string?)provider["env"]!["AAD_LOGIN_METHOD"]));
        Assert.Equal("eks1", (string?)JsonNode.Parse(ArgoCDWorld.Data(await World.SecretAsync($"cluster-{Name}-eks"), "config"))!["awsAuthConfig"]!["clusterName"]);
    }

    [Fact]
    public async Task ASecretForAProgram_IsForArgoCDAlone()
    {
        string secret = PlantedSecrets.Create("program");
        string command = $"Register-ArgoCluster {Name} -ExecCommand argocd-k8s-auth -ExecEnvironment @{{ AAD_SERVICE_PRINCIPAL_CLIENT_SECRET = $args[0] }} -Server https://aks.example.com -Verbose";

        Assert.Empty(World.Session.Run(command + " -WhatIf", secret).Errors);
        Assert.Empty(World.Session.Run(command, secret).Errors);
        World.Session.Run(command + " -Context restricted", secret).SingleError("Forbidden");
        World.Session.Invoke("Get-ArgoCluster");

        Assert.Contains(secret, ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "config"), StringComparison.Ordinal);
        Assert.Equal(2, AuditLines.Count);
        Assert.Empty(PlantedSecrets.Find(string.Join('\n', AuditLines)));
    }

    [Fact]
    public async Task WhatIf_AsksNoClusterAndWritesNothing()
    {
        ScriptResult result = World.Session.Run($"Register-ArgoCluster {Name} -Context dead -TargetContext dead -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(AuditLines);
        Assert.Null(await World.SecretAsync("cluster-" + Name));
    }

    [Fact]
    public async Task ASecondRegistrationOfTheServer_IsRefusedUnlessItIsForced()
    {
        Register();

        ErrorRecord error = World.Session.Run($"Register-ArgoCluster {Name}-b -TargetContext target -ServiceAccount {Account} -WarningAction Ignore").SingleError("RegistrationExists");

        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        World.Session.Invoke($"Register-ArgoCluster {Name}-b -TargetContext target -ServiceAccount {Account} -WarningAction Ignore -Force");
        Assert.Equal(Name + "-b", ArgoCDWorld.Data(await World.SecretAsync("cluster-" + Name), "name"));
        Assert.Null(await World.SecretAsync($"cluster-{Name}-b"));
    }

    [Fact]
    public async Task AForgottenTargetContext_DoesNotTurnTheRegistrationIntoAnotherCluster()
    {
        Register();
        string before = await TokenAsync();

        World.Session.Run($"Register-ArgoCluster {Name} -Label @{{ a = 'b' }}").SingleError("RegistrationExists");

        Assert.Equal(before, await TokenAsync());
    }

    [Fact]
    public async Task WithoutArgoCD_NothingIsMadeOnTheCluster()
    {
        ErrorRecord error = Register("-Namespace none").SingleError("NotInstalled");

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Null(await World.GetAsync(World.Target, AccountPath));
        Assert.Contains("\"outcome\":\"Failed\"", Assert.Single(AuditLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUserWithoutRights_IsToldSoAndChangesNothing()
    {
        ErrorRecord error = Register("-Context restricted").SingleError("Forbidden");

        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Null(await World.GetAsync(World.Target, AccountPath));
    }

    [Theory]
    [InlineData("Bad_Name -TargetContext target", "InvalidRequest")]
    [InlineData("good -TargetContext target -ManagedNamespace 'a,b'", "InvalidRequest")]
    [InlineData("good -TargetContext target -Server dc11a", "InvalidRequest")]
    [InlineData("good -TargetContext target -Label @{ a = @{} }", "InvalidRequest")]
    [InlineData("good -TargetContext target -CertificateAuthorityPath ./kubeconfig", "InvalidRequest")]
    [InlineData("good -TargetContext target -TokenLifetime 60", "InvalidRequest")]
    [InlineData("good -Rotate", "InvalidRequest")]
    [InlineData("good -Server https://dc11a.example.com", "InvalidRequest")]
    [InlineData("good -ExecCommand x", "InvalidRequest")]
    [InlineData("good -TargetContext nowhere", "ContextNotFound")]
    [InlineData("good -TargetKubeConfigPath ./none", "KubeConfigNotFound")]
    [InlineData("good -TargetContext target -CertificateAuthorityPath ./none", "FileNotFound")]
    public void WrongInput_IsAnErrorThatSaysWhatToDo(string parameters, string id)
    {
        ErrorRecord error = World.Session.Run($"Register-ArgoCluster {parameters}").SingleError(id);

        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.NotEqual("", error.TargetObject);
    }

    [Fact]
    public void AnAddressOfThisMachine_IsAWarning()
    {
        ScriptResult result = World.Session.Run($"Register-ArgoCluster {Name} -TargetContext target -ServiceAccount {Account}");

        Assert.Contains(result.Warnings, w => w.Contains("-Server", StringComparison.Ordinal));
    }

    [Fact]
    public void Completes_ContextsOfTheClusterThatIsRegistered() =>
        Assert.Equal(["hub", "target", "restricted", "dead"], World.Session.Complete($"Register-ArgoCluster x -KubeConfigPath '{World.KubeConfig}' -TargetContext "));
}
