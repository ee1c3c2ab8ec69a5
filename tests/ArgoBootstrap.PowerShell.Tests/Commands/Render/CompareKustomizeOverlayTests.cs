using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Render;

public sealed class CompareKustomizeOverlayTests : IDisposable
{
    private const string Dc11a = "apps/system/overlays/prod/dc11a/argocd";
    private const string Dc11b = "apps/system/overlays/prod/dc11b/argocd";

    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void TwoOverlays_DifferInNameAndHost()
    {
        IReadOnlyList<PSObject> changes = _fleet.Session.Invoke($"Compare-KustomizeOverlay {Dc11a} {Dc11b}");

        Assert.All(changes, change => Assert.Equal(("Changed", Dc11b, "dc11b"), (Text(change, "Action"), Text(change, "Overlay"), Text(change, "Cluster"))));
        Assert.Equal(
            "argocd.dc11a.prod.example.com -> argocd.dc11b.prod.example.com",
            _fleet.Session.Value<string>($"Compare-KustomizeOverlay {Dc11a} {Dc11b} | Where-Object Kind -eq Ingress | ForEach-Object Fields | Where-Object Path -eq 'spec.tls[0].hosts[0]' | ForEach-Object {{ $_.Before + ' -> ' + $_.After }}"));
    }

    [Fact]
    public void SecretsAmongHelmValues_AreMasked()
    {
        foreach (string side in new[] { "old", "new" })
        {
            string secret = PlantedSecrets.Create($"a Helm value of the {side} overlay");
            _fleet.Write($"{side}/kustomization.yaml", "resources: [app.yaml]\n");
            _fleet.WriteSecret($"{side}/app.yaml", $"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {"{name: argocd, namespace: argocd}"}
                spec:
                  source:
                    helm:
                      parameters:
                        - name: configs.secret.argocdServerAdminPassword
                          value: {secret}
                      valuesObject:
                        configs:
                          secret:
                            githubSecret: {secret}
                            extra: {"{"}anything: {secret}{"}"}
                        global: {"{"}domain: {side}.example.com{"}"}
                        redis: {"{"}existingSecret: {side}-redis{"}"}
                """);
        }

        IReadOnlyList<string> fields = [.. _fleet.Session.Invoke("(Compare-KustomizeOverlay old new).Fields | ForEach-Object { $_.Path + ': ' + $_.Before + ' -> ' + $_.After }").Select(field => field.ToString())];
        string shown = _fleet.Session.Value<string>("(Compare-KustomizeOverlay old new | Format-Table | Out-String) + (Compare-KustomizeOverlay old new | ConvertTo-Json -Depth 8)");

        Assert.Equal(5, fields.Count);
        Assert.Equal(3, fields.Count(field => field.EndsWith(": *** -> ***", StringComparison.Ordinal)));
        Assert.Contains(fields, field => field.EndsWith("domain: old.example.com -> new.example.com", StringComparison.Ordinal));
        Assert.Contains(fields, field => field.EndsWith("existingSecret: old-redis -> new-redis", StringComparison.Ordinal));
        SecretText.AssertAbsent([shown, .. fields]);
    }

    [Fact]
    public void SameOverlay_HasNoDifference() => Assert.Empty(_fleet.Session.Invoke($"Compare-KustomizeOverlay {Dc11a} {Dc11a}"));

    [Fact]
    public void Folders_AreComparedOverlayByOverlay()
    {
        foreach ((string path, string text) in _fleet.Files())
        {
            _fleet.Write("other/" + path["apps/".Length..], text);
        }

        _fleet.Write("other/system/overlays/prod/dc11b/argocd/kustomization.yaml", File.ReadAllText(_fleet.Combine(Dc11b + "/kustomization.yaml")).Replace("argocd.dc11b", "cd.dc11b", StringComparison.Ordinal));

        string overlay = Assert.Single(_fleet.Session.Invoke("Compare-KustomizeOverlay apps/system/overlays other/system/overlays").Select(change => Text(change, "Overlay")).Distinct());

        Assert.EndsWith("prod/dc11b/argocd", overlay, StringComparison.Ordinal);
    }

    [Fact]
    public void Revision_LeftOut_IsTheLastCommit()
    {
        TestGit.Init(_fleet.Path);
        TestGit.Commit(_fleet.Path);
        Assert.Empty(_fleet.Session.Invoke("Compare-KustomizeOverlay apps"));
        _fleet.Session.Invoke("New-ClusterOverlay -Environment prod -Name dc12a -IngressHost argocd.dc12a.prod.example.com");
        Directory.Delete(_fleet.Combine(Dc11b), recursive: true);

        Assert.Equal(
            ["dc11b Removed", "dc12a Added"],
            _fleet.Session.Invoke("Compare-KustomizeOverlay apps").Select(change => $"{Text(change, "Cluster")} {Text(change, "Action")}").Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            _fleet.Session.Invoke("Compare-KustomizeOverlay apps | Where-Object Cluster -eq dc11b"),
            change => Assert.Equal(_fleet.Combine(Dc11b), Text(change, "Path")));
    }

    [Fact]
    public void TwoRevisions_AreCompared_WhateverTheFilesAreNow()
    {
        TestGit.Init(_fleet.Path);
        TestGit.Commit(_fleet.Path);
        TestGit.Run(_fleet.Path, "tag", "v1");
        _fleet.Write(Dc11b + "/kustomization.yaml", File.ReadAllText(_fleet.Combine(Dc11b + "/kustomization.yaml")).Replace("argocd.dc11b", "cd.dc11b", StringComparison.Ordinal));
        TestGit.Commit(_fleet.Path);
        _fleet.Write(Dc11b + "/kustomization.yaml", "resources: [gone.yaml]\n");

        IReadOnlyList<PSObject> changes = _fleet.Session.Invoke("Get-ClusterOverlay | Compare-KustomizeOverlay -Revision v1 -DifferenceRevision main");

        Assert.NotEmpty(changes);
        Assert.All(changes, change => Assert.Equal("dc11b", Text(change, "Cluster")));
        Assert.Equal(["HEAD", "main", "v1"], _fleet.Session.Complete("Compare-KustomizeOverlay apps -Revision "));
    }

    [Fact]
    public void BrokenRevision_IsAnErrorThatNamesItsFileAsGitDoes()
    {
        TestGit.Init(_fleet.Path);
        string file = _fleet.Combine(Dc11b + "/kustomization.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, "resources: [gone.yaml]\n");
        TestGit.Commit(_fleet.Path);
        File.WriteAllText(file, text);

        ErrorRecord error = _fleet.Session.Run("Compare-KustomizeOverlay apps -Revision main").SingleError("FileNotFound");

        Assert.StartsWith($"main:{Dc11b.Replace('/', Path.DirectorySeparatorChar)}{Path.DirectorySeparatorChar}kustomization.yaml:1:13: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Compare-KustomizeOverlay apps", "GitRepositoryNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Compare-KustomizeOverlay apps apps -Revision main", "NotComparable", ErrorCategory.InvalidArgument)]
    [InlineData("Compare-KustomizeOverlay apps " + Dc11a, "NotComparable", ErrorCategory.InvalidArgument)]
    [InlineData("Compare-KustomizeOverlay apps gone", "FileNotFound", ErrorCategory.ObjectNotFound)]
    public void WrongInput_IsAnError(string command, string id, ErrorCategory category)
    {
        ErrorRecord error = _fleet.Session.Run(command).SingleError(id);

        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void UnknownRevision_IsAnError()
    {
        TestGit.Init(_fleet.Path);
        TestGit.Commit(_fleet.Path);

        Assert.Equal("nope", _fleet.Session.Run("Compare-KustomizeOverlay apps -Revision nope").SingleError("RevisionNotFound").TargetObject);
    }

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
