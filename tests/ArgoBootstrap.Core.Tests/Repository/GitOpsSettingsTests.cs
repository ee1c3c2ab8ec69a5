using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class GitOpsSettingsTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Settings_WithoutAFile_AreTheDefaults() => Assert.Equal(GitOpsSettings.Default, _fleet.Repository.Settings);

    [Fact]
    public void Settings_AreReadFromTheFile()
    {
        Write(
            """
            apiVersion: argobootstrap.io/v1alpha1
            kind: GitOpsRepository
            spec:
              repoURL: https://git.example.com/platform/gitops.git
              targetRevision: main
              argocd:
                namespace: cd
                installMethod: manifest
                version: v3.5.1
                chart: { repoURL: https://charts.example.com, name: argo-cd, version: 10.4.0 }
              environments:
                - name: dev
                - name: prod
              rules: {}
            """);

        GitOpsSettings settings = _fleet.Repository.Settings;

        Assert.Equal("https://git.example.com/platform/gitops.git", settings.RepositoryUrl);
        Assert.Equal("main", settings.TargetRevision);
        Assert.Equal(["dev", "prod"], settings.Environments);
        Assert.Equal(
            new ArgoCDSettings
            {
                Namespace = "cd",
                InstallMethod = ArgoCDInstallMethod.Manifest,
                Version = "v3.5.1",
                ChartRepositoryUrl = "https://charts.example.com",
                ChartName = "argo-cd",
                ChartVersion = "10.4.0",
            },
            settings.ArgoCD);
    }

    [Fact]
    public void Settings_WithSeveralMistakes_ReportThemTogetherWithTheirPlaces()
    {
        string file = Write(
            """
            kind: GitOpsRepository
            spec:
              repoUrl: x
              targetRevision: 1.0
              argocd: { installMethod: kubectl }
              environments: [{ name: Prod }, {}]
            """);

        KustomizeException exception = Assert.Throws<KustomizeException>(() => _fleet.Repository.Settings);

        Assert.Equal(
            [
                (DiagnosticIds.UnknownField, 3),
                (DiagnosticIds.WrongType, 4),
                (DiagnosticIds.InvalidValue, 5),
                (DiagnosticIds.InvalidValue, 6),
                (DiagnosticIds.MissingField, 6),
            ],
            exception.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Position.Line)));
        Assert.All(exception.Diagnostics, diagnostic => Assert.Equal(file, diagnostic.Position.File.Path));
        Assert.Contains("'repoURL'", exception.Diagnostics[0].Remedy, StringComparison.Ordinal);
    }

    private string Write(string text) => _fleet.Write("apps/system/argobootstrap.yaml", text);
}
