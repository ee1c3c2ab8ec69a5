using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

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
    [InlineData("prod", "../x", Host, ErrorIds.InvalidName)]
    [InlineData("prod", "DC_1", Host, ErrorIds.InvalidName)]
    [InlineData("prod", "dc-", Host, ErrorIds.InvalidName)]
    [InlineData("prod", "", Host, ErrorIds.InvalidName)]
    [InlineData("prod", "a123456789012345678901234567890123456789012345678901234567890123", Host, ErrorIds.InvalidName)]
    [InlineData("prod", "argocd", Host, ErrorIds.InvalidName)]
    [InlineData("../prod", "dc12a", Host, ErrorIds.InvalidName)]
    [InlineData("staging", "dc12a", Host, ErrorIds.EnvironmentNotFound)]
    [InlineData("prod", "dc12a", "https://argocd.example.com", ErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "*.example.com", ErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "argocd..example.com", ErrorIds.InvalidHost)]
    [InlineData("prod", "dc12a", "argocd.dc11a.prod.example.com", ErrorIds.HostInUse)]
    [InlineData("prod", "dc11a", Host, ErrorIds.OverlayExists)]
    [InlineData("dev", "dc11a", Host, ErrorIds.ClusterNameInUse)]
    public void Plan_RefusesWhatCannotBe(string environment, string name, string host, string id)
    {
        string[] before = _fleet.Files();

        OperationException exception = Assert.Throws<OperationException>(() => Writer().Plan(new ClusterOverlayRequest(environment, name, host)));

        Assert.Equal(id, exception.Id);
        Assert.NotEmpty(exception.Remedy);
        Assert.Equal(before, _fleet.Files());
    }

    [Fact]
    public void Plan_WithoutTheComponent_NamesIt()
    {
        Directory.Delete(_fleet.Combine("apps/system/components/argocd/cluster"), recursive: true);

        OperationException exception = Assert.Throws<OperationException>(() => Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));

        Assert.Equal(ErrorIds.ClusterComponentNotFound, exception.Id);
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

        Assert.Equal(ErrorIds.OverlayExists, Assert.Throws<OperationException>(() => Writer().Write(plan)).Id);

        Assert.Equal("theirs\n", File.ReadAllText(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void Write_WhereAFileIsInTheWay_LeavesNothingBehind()
    {
        ClusterOverlayPlan plan = Writer().Plan(new ClusterOverlayRequest("prod", "dc12a", Host));
        _fleet.Write("apps/system/overlays/prod/dc12a", "a file");
        string[] before = _fleet.Files();

        Assert.Equal(ErrorIds.FileAccess, Assert.Throws<OperationException>(() => Writer().Write(plan)).Id);

        Assert.Equal(before, _fleet.Files());
    }

    [Fact]
    public void Plan_SeesWhatTheSameWriterWrote()
    {
        ClusterOverlayWriter writer = Writer();
        writer.Write(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));
        writer.Write(writer.Plan(new ClusterOverlayRequest("prod", "dc12b", "b.example.com")));

        Assert.Equal(ErrorIds.OverlayExists, Refused(writer, new("prod", "dc12a", "x.example.com")));
        Assert.Equal(ErrorIds.ClusterNameInUse, Refused(writer, new("dev", "dc12b", "x.example.com")));
        Assert.Equal(ErrorIds.HostInUse, Refused(writer, new("prod", "dc12c", Host)));
    }

    [Fact]
    public void Plan_SeesClustersThatOthersAddedMeanwhile()
    {
        ClusterOverlayWriter writer = Writer();
        writer.Write(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));
        _fleet.Add("overlays/prod/dc12b/argocd", FleetFolder.Cluster("dc12b", "b.example.com"));

        Assert.Equal(ErrorIds.ClusterNameInUse, Refused(writer, new("dev", "dc12b", "x.example.com")));
        Assert.Equal(ErrorIds.HostInUse, Refused(writer, new("prod", "dc12c", "b.example.com")));
    }

    [Fact]
    public void Plan_OfAnotherCall_SeesChangedAndRemovedFiles()
    {
        Add(new ClusterOverlayRequest("prod", "dc12a", Host));
        string first = _fleet.Combine("apps/system/overlays/prod/dc11a/argocd/kustomization.yaml");
        File.WriteAllText(first, FleetFolder.Cluster("dc11a", "moved.example.com"));
        Directory.Delete(_fleet.Combine("apps/system/overlays/prod/dc12a"), recursive: true);

        Assert.Equal(ErrorIds.HostInUse, Refused(Writer(), new("prod", "dc12c", "moved.example.com")));
        Add(new ClusterOverlayRequest("prod", "dc12c", "argocd.dc11a.prod.example.com"));
        Add(new ClusterOverlayRequest("dev", "dc12a", Host));
    }

    [Fact]
    public void Plan_OfTheSameWriter_SeesThatAClusterIsGone()
    {
        ClusterOverlayWriter writer = Writer();
        writer.Write(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));
        Directory.Delete(_fleet.Combine("apps/system/overlays/prod/dc12a"), recursive: true);

        Assert.Equal(Host, writer.Plan(new ClusterOverlayRequest("dev", "dc12a", Host)).Overlay.IngressHost);
    }

    [Fact]
    public void Plan_ChecksAgainstWhatIsAssumed()
    {
        ClusterOverlayWriter writer = Writer();
        writer.Assume(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host)));

        Assert.Equal(ErrorIds.OverlayExists, Refused(writer, new("prod", "dc12a", "x.example.com")));
        Assert.Equal(ErrorIds.ClusterNameInUse, Refused(writer, new("dev", "dc12a", "x.example.com")));
        Assert.Equal(ErrorIds.HostInUse, Refused(writer, new("prod", "dc12c", Host)));
        Assert.True(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host) { Force = true }).Replaces);
    }

    [Fact]
    public void Plan_SaysThatTheFirstNamedClusterTurnsTheEnvironmentsOverlayIntoASharedLayer()
    {
        ClusterOverlayWriter writer = Writer();

        ClusterOverlayPlan first = writer.Plan(new ClusterOverlayRequest("dev", "dev1", Host));
        Assert.Equal("apps/system/overlays/dev/argocd", first.TurnsIntoShared?.RelativePath);
        Assert.Null(writer.Plan(new ClusterOverlayRequest("prod", "dc12a", Host)).TurnsIntoShared);

        writer.Assume(first);
        Assert.Null(writer.Plan(new ClusterOverlayRequest("dev", "dev2", "dev2.example.com")).TurnsIntoShared);
    }

    [Fact]
    public void Plan_TheHostOfTheEnvironmentItselfMayGoToOneOfItsClusters()
    {
        _fleet.Add("overlays/dev/argocd", "configMapGenerator: [{name: environment-config, literals: [INGRESS_HOST=argocd.dev.example.com]}]\n");

        Assert.Equal("dev1", Writer().Plan(new ClusterOverlayRequest("dev", "dev1", "argocd.dev.example.com")).Overlay.Cluster);
        Assert.Equal(ErrorIds.HostInUse, Refused(Writer(), new("prod", "dc12c", "argocd.dev.example.com")));
    }

    private static string Refused(ClusterOverlayWriter writer, ClusterOverlayRequest request) =>
        Assert.Throws<OperationException>(() => writer.Plan(request)).Id;

    private ClusterOverlayWriter Writer() => new(_fleet.Repository);

    private ClusterOverlay Add(ClusterOverlayRequest request) => Writer().Write(Writer().Plan(request));
}
