using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation;

/// <summary>
/// A small repository that renders, and that a test breaks in one place: the environment prod with the clusters dc11a and
/// dc11b, each with an Application, a ConfigMap of its own and an Ingress.
/// </summary>
internal sealed class TestRepository : IDisposable
{
    public const string Prod = "apps/system/overlays/prod/argocd";
    public const string Dc11a = "apps/system/overlays/prod/dc11a/argocd";
    public const string Dc11b = "apps/system/overlays/prod/dc11b/argocd";

    private readonly TemporaryFolder _folder = new();

    public TestRepository()
    {
        Write("apps/system/base/argocd/kustomization.yaml", "resources: [namespace.yaml]\n");
        Write("apps/system/base/argocd/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: argocd\n");
        Write($"{Prod}/kustomization.yaml", "resources:\n  - ../../../base/argocd\n");
        Cluster("dc11a");
        Cluster("dc11b");
    }

    public string Path => _folder.Path;

    public string Combine(string relativePath) => _folder.Combine(relativePath);

    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    public void Settings(string spec) =>
        Write("apps/system/argobootstrap.yaml", "apiVersion: argobootstrap.io/v1alpha1\nkind: GitOpsRepository\nspec:\n" + Indent(spec, 2));

    /// <summary>Writes a cluster's overlay: the environment's, an Application, and whatever a test adds.</summary>
    public void Cluster(string folder, string? name = null, string? host = null, string? path = null, string extra = "")
    {
        string overlay = $"apps/system/overlays/prod/{folder}/argocd";
        Write(
            $"{overlay}/kustomization.yaml",
            $"""
            resources:
              - ../../argocd
              - application.yaml
              - extra.yaml
            configMapGenerator:
              - name: cluster-config
                literals:
                  - CLUSTER_NAME={name ?? folder}
                  - INGRESS_HOST={host ?? $"argocd.{folder}.example.com"}

            """);
        Write($"{overlay}/application.yaml", Application(path ?? overlay));
        Write($"{overlay}/extra.yaml", extra.Length > 0 ? extra : Empty);
    }

    /// <summary>Puts objects into dc11a and tests it.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsWithAsync(string objects)
    {
        Write($"{Dc11a}/extra.yaml", objects);
        return await FindingsAsync(Dc11a);
    }

    /// <summary>Tests overlays.</summary>
    public async Task<List<OverlayTestResult>> TestAsync(params string[] relativePaths) =>
        await new OverlayValidator().TestAsync(relativePaths.Select(Combine)).ToListAsync();

    /// <summary>Tests one overlay.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(string relativePath) => Assert.Single(await TestAsync(relativePath)).Findings;

    public void Dispose() => _folder.Dispose();

    public static string Application(string path, string name = "argocd", string revision = "main") =>
        $"""
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata:
          name: {name}
          namespace: argocd
        spec:
          destination:
            server: https://kubernetes.default.svc
          source:
            repoURL: https://git.example.com/platform/gitops.git
            targetRevision: {revision}
            path: {path}

        """;

    private const string Empty = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: extra\n  namespace: argocd\n";

    private static string Indent(string text, int columns) =>
        string.Concat(text.Split('\n').Select(line => line.Length > 0 ? new string(' ', columns) + line + "\n" : ""));
}
