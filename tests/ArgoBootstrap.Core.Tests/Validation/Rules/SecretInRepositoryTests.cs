using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class SecretInRepositoryTests : RuleTest
{
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n";

    [Theory]
    [InlineData("stringData: {token: hunter2}")]
    [InlineData("data: {token: aHVudGVyMg==}")]
    public async Task PlainValue_IsAWarningThatDoesNotShowIt(string data)
    {
        Finding finding = await AssertFinding("SecretInRepository", Secret + data + "\n");

        Assert.Equal((DiagnosticSeverity.Warning, 4), (finding.Severity, finding.Line));
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GeneratedSecret_PointsToItsGenerator()
    {
        Repository.Write(
            $"{TestRepository.Dc11a}/kustomization.yaml",
            "resources: [../../argocd]\nsecretGenerator:\n  - name: generated\n    literals: [token=hunter2]\n");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a), finding => finding.RuleId == "SecretInRepository");

        Assert.Equal((Repository.Combine($"{TestRepository.Dc11a}/kustomization.yaml"), 4, 16), (finding.File, finding.Line, finding.Column));
    }

    [Fact]
    public async Task SecretThatABaseGenerates_PointsToTheEntryThere()
    {
        Repository.Write("apps/system/base/argocd/kustomization.yaml", "resources: [namespace.yaml]\nsecretGenerator:\n  - name: generated\n    namespace: argocd\n    files:\n      - user.txt\n      - password=pw.txt\n");
        Repository.Write("apps/system/base/argocd/user.txt", "bot");
        Repository.Write("apps/system/base/argocd/pw.txt", "hunter2");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a), finding => finding.RuleId == "SecretInRepository");

        Assert.Equal((Repository.Combine("apps/system/base/argocd/kustomization.yaml"), 7), (finding.File, finding.Line));
        Assert.Contains("'password'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileOfOneSetting_IsLookedInto()
    {
        await AssertNone(Secret + "stringData: {log.properties: io.trino=INFO}\n");

        Finding finding = await AssertFinding("SecretInRepository", Secret + "stringData: {access.properties: db.password=hunter2}\n");
        Assert.Contains("'access.properties'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SensitiveKey_IsNamedFirst()
    {
        Finding finding = await AssertFinding("SecretInRepository", Secret + "stringData:\n  aaa: bot\n  zz-password: hunter2\n");

        Assert.Equal(6, finding.Line);
        Assert.Contains("'zz-password' and one more key", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'prefix-<path:secret/x#y>-suffix'")]
    [InlineData("op://vault/item/password")]
    [InlineData("'ref+vault://secret/x#/y'")]
    [InlineData("'${PASSWORD}'")]
    [InlineData("'${PASSWORD:=none}'")]
    [InlineData("'postgres://u:${PASSWORD}@db/x'")]
    [InlineData("$(PASSWORD)")]
    [InlineData("'{{ .Values.password }}'")]
    [InlineData("'<password>'")]
    [InlineData("'<your password here>'")]
    [InlineData("CHANGEME")]
    [InlineData("change-me-please")]
    [InlineData("REPLACE_ME")]
    [InlineData("'__REPLACE_ME__'")]
    [InlineData("__COMPONENT_SPECIFIC__")]
    [InlineData("MY_ACCESS_SECRET_KEY")]
    [InlineData("Y2hhbmdlbWU=")]
    [InlineData("your-api-key")]
    [InlineData("'***'")]
    [InlineData("'vault:secret/data/x#y'")]
    [InlineData("'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x'")]
    [InlineData("'ENC[AES256_GCM,data:abc,iv:x]'")]
    [InlineData("/var/run/secrets/kubernetes.io/serviceaccount/token")]
    public async Task ReferencesAndPlaceholders_AreNoSecrets(string value)
    {
        await AssertNone($"{Secret}stringData: {{password: {value}}}\n");
        await AssertNone($"{Secret}data: {{password: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value.Trim('\'')))}}}\n");
    }

    [Theory]
    [InlineData("'<a>hunter2</a>'")]
    [InlineData("'$ecret'")]
    [InlineData("'p<path'")]
    [InlineData("aHVudGVyMg==")]
    [InlineData("__init__")]
    [InlineData("\"# a comment\\nhunter2\"")]
    [InlineData("\"{{ range }}\\npassword: hunter2\\n\"")]
    public async Task WhatLooksLikeAReference_IsASecret(string value) => await AssertFinding("SecretInRepository", $"{Secret}stringData: {{password: {value}}}\n");

    [Theory]
    [InlineData("user=x\\nadmin.password=hunter2\\n")]
    [InlineData("<a>\\n<password>hunter2</password>\\n</a>\\n")]
    [InlineData("CREATE USER x\\nIDENTIFIED BY 'hunter2';\\n")]
    [InlineData("key: x\\nuri: postgres://u:hunter2@db/x\\n")]
    public async Task FileWithACredential_IsASecret(string text) => await AssertFinding("SecretInRepository", $"{Secret}stringData: {{broker.properties: \"{text}\"}}\n");

    [Fact]
    public async Task PlaceholdersOfVault_AreFilledInAnywhere() => await AssertNone(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: {avp.kubernetes.io/path: secret/data/x}}\nstringData: {config: 'user=a password=<password>'}\n");

    [Theory]
    [InlineData("{username: bot, url: https://git.example.com, port: '443'}")]
    [InlineData("{enabled: 'true'}")]
    [InlineData("{trustStorePath: /etc/store}")]
    [InlineData("{htpasswd: \"# add a user and password with\\n#  PASSWORD=long\\n\\n# htpasswd -nB admin\\n\"}")]
    [InlineData("{thanos.yaml: \"type: s3\\nconfig:\\n  access_key: MY_ACCESS_KEY\\n  secret_key: MY_SECRET_KEY\\n\"}")]
    [InlineData("{jdbc.properties: \"jdbcUser=__REPLACE_ME__\\njdbcPassword=__REPLACE_ME__\\n\"}")]
    [InlineData("{broker.properties: \"journal=true\\naddress=queue\\n\"}")]
    [InlineData("{url.py: \"uri = 'postgresql://{}:{}@db/x'.format(a, b)\\n\"}")]
    [InlineData("{ca.crt: \"-----BEGIN CERTIFICATE-----\\nMIIE\\n\"}")]
    public async Task WhatTellsNothing_IsNoSecret(string data) => await AssertNone($"{Secret}stringData: {data}\n");

    [Theory]
    [InlineData("type: Opaque")]
    [InlineData("stringData: {token: '<path:secrets/data/argocd#token>', other: ''}")]
    [InlineData("data: {token: PHRva2VuPg==}")]
    [InlineData("stringData: {token: 'ENC[AES256_GCM,data:x]'}\nsops: {version: 3.9.0}")]
    public async Task NothingOrReferences(string data) => await AssertNone(Secret + data + "\n");

    [Fact]
    public async Task ValueThatAReplacementCopies_IsPlacedWhereItIsWritten()
    {
        Repository.Write($"{TestRepository.Dc11a}/kustomization.yaml", "resources: [target.yaml, source.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.it}\n  targets:\n  - select: {kind: Secret}\n    fieldPaths: [stringData.password]\n");
        Repository.Write($"{TestRepository.Dc11a}/target.yaml", Secret + "stringData: {password: __REPLACE_ME__}\n");
        Repository.Write($"{TestRepository.Dc11a}/source.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  it: hunter2\n");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a), finding => finding.RuleId == "SecretInRepository");

        Assert.Equal($"{TestRepository.Dc11a}/source.yaml:6:7", finding.Place);
    }

    [Fact]
    public async Task OtherKinds_AreNoSecrets() =>
        await AssertNone("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\nspec: {encryptedData: {token: AgBy3i4OJSWK}}\n");
}
