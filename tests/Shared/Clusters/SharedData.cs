using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Tests.Clusters;

/// <summary>Argo CD's own manifests, where they lie beside the repository.</summary>
internal static class SharedData
{
    public const string Namespace = "argocd";

    /// <summary>The objects of a manifest, with the namespace that it is made for.</summary>
    /// <param name="name">File below the version's folder: <c>ha/install.yaml</c>.</param>
    public static IReadOnlyList<ClusterObject> ArgoCd(string name)
    {
        string path = PathOf(name);
        var file = new SourceFile(path);
        return
        [
            ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{Namespace}}"} }"""),
            .. YamlReader.ReadAll(File.ReadAllBytes(path), file).OfType<MappingNode>().Select(ResourceJson.ToClusterObject),
        ];
    }

    public static string PathOf(string name) => RepositoryFiles.SharedOrSkip($"data/argo-cd/v3.5.1/{name}");
}
