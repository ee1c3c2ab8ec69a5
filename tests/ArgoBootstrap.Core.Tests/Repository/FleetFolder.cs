using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Tests.Repository;

/// <summary>A small repository: the environments dev and prod, and the cluster dc11a of prod.</summary>
internal sealed class FleetFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FleetFolder()
    {
        Add("base/argocd", "resources: []\n");
        Add("components/argocd/cluster", "kind: Component\n");
        Add("overlays/dev/argocd", "resources: [../../../base/argocd]\n");
        Add("overlays/prod/argocd", "resources: [../../../base/argocd]\n");
        Add("overlays/prod/dc11a/argocd", Cluster("dc11a", "argocd.dc11a.prod.example.com"));
        Repository = GitOpsRepository.Open(_folder.Path);
    }

    public string Path => _folder.Path;

    public GitOpsRepository Repository { get; }

    public string Add(string systemFolder, string text) => _folder.Write($"apps/system/{systemFolder}/kustomization.yaml", text);

    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    public string Combine(string relativePath) => _folder.Combine(relativePath);

    public string[] Files() => [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    public static string Cluster(string name, string host) =>
        $"""
        resources:
          - ../../argocd
        configMapGenerator:
          - name: cluster-config
            literals:
              - CLUSTER_NAME={name}
              - INGRESS_HOST={host}

        """;
}
