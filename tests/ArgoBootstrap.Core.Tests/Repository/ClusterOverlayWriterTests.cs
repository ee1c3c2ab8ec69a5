using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Tests.Repository;

public sealed class ClusterOverlayWriterTests : IDisposable
{
    private const string Host = "argocd.dc12a.prod.example.com";

    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Write_MakesOneFileThatHoldsOnlyWhatIsTheClustersOwn()
    {
        string[] before = _fleet.Files();

        ClusterOverlay overlay = Add(new ClusterOverlayRequest("prod", "dc12a", Host));

        string file = _fleet.Combine("apps/system/overlays/prod/dc12a/argocd/kustomization.yaml");
        Assert.Equal([Path.GetDirectoryName(Path.GetDirectoryName(file)), Path.GetDirectoryName(file), file], _fleet.Files().Except(before));
        Assert.Equal(
            """
            # Only what is the cluster's own. Everything else comes from the environment.
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
              - ../../argocd
            components:
              - ../../../../components/argocd/cluster
            configMapGenerator:
              - name: cluster-config
                literals:
                  - CLUSTER_NAME=dc12a
                  - INGRESS_HOST=argocd.dc12a.prod.example.com

            """,
            File.ReadAllText(file));
        Assert.Equal(overlay, Assert.Single(_fleet.Repository.GetOverlays(), other => other.Cluster == "dc12a"));
    }

    [Fact]
    public void Plan_WritesNothing()
    {
        string[] before = _fleet.Files();

        ClusterOverlayPlan plan = Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host));

        Assert.False(plan.Replaces);
        Assert.Equal(before, _fleet.Files());
    }

    [Theory]
    [InlineData("prod", "../x", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("prod", "DC_1", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("prod", "dc-", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("prod", "", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("prod", "a123456789012345678901234567890123456789012345678901234567890123", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("prod", "argocd", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("../prod", "dc12a", Host, GitOpsErrorIds.InvalidName)]
    [InlineData("staging", "dc12a", Host, GitOpsErrorIds.EnvironmentNotFound)]
    [InlineData("prod", "dc12a", "https://argocd.example.com", GitOpsErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "*.example.com", GitOpsErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "argocd..example.com", GitOpsErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "argocd.dc11a.prod.example.com", GitOpsErrorIds.HostInUse)]
    [InlineData("prod", "dc11a", Host, GitOpsErrorIds.OverlayExists)]
    [InlineData("dev", "dc11a", Host, GitOpsErrorIds.ClusterNameInUse)]
    public void Plan_RefusesWhatCannotBe(string environment, string name, string host, string id)
    {
        string[] before = _fleet.Files();

        GitOpsException exception = Assert.Throws<GitOpsException>(() => Writer().Plan(new ClusterOverlayRequest(environment, name, host)));

        Assert.Equal(id, exception.Id);
        Assert.NotEmpty(exception.Remedy);
        Assert.Equal(before, _fleet.Files());
    }

    [Fact]
    public void Plan_WithoutTheComponent_NamesIt()
    {
        Directory.Delete(_fleet.Combine("apps/system/components/argocd/cluster"), recursive: true);

        GitOpsException exception = Assert.Throws<GitOpsException>(() => Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));

        Assert.Equal(GitOpsErrorIds.ClusterComponentNotFound, exception.Id);
        Assert.Contains("apps/system/components/argocd/cluster", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithForce_ReplacesTheFileUnderItsName()
    {
        string file = _fleet.Combine("apps/system/overlays/prod/dc11a/argocd/kustomization.yml");
        File.Move(Path.ChangeExtension(file, ".yaml"), file);

        Add(new ClusterOverlayRequest("prod", "dc11a", Host) { Force = true });

        Assert.Contains($"INGRESS_HOST={Host}", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void Write_WhenSomebodyElseWasFaster_KeepsTheirFile()
    {
        ClusterOverlayPlan plan = Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host));
        string file = _fleet.Add("overlays/prod/dc12a/argocd", "theirs\n");

        Assert.Equal(GitOpsErrorIds.OverlayExists, Assert.Throws<GitOpsException>(() => Writer().Write(plan)).Id);

        Assert.Equal("theirs\n", File.ReadAllText(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void Write_WhereAFileIsInTheWay_LeavesNothingBehind()
    {
        ClusterOverlayPlan plan = Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host));
        _fleet.Write("apps/system/overlays/prod/dc12a", "a file");
        string[] before = _fleet.Files();

        Assert.Equal(GitOpsErrorIds.FileAccess, Assert.Throws<GitOpsException>(() => Writer().Write(plan)).Id);

        Assert.Equal(before, _fleet.Files());
    }

    private ClusterOverlayWriter Writer() => new(_fleet.Repository);

    private ClusterOverlay Add(ClusterOverlayRequest request) => Writer().Write(Writer().Plan(request));
}
