using System.Text;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>What a chart renders to, as helm prints it and keeps it with a release.</summary>
internal static class HelmManifest
{
    private const int MostNamed = 5;

    /// <summary>The objects; what is none is left out.</summary>
    public static IReadOnlyList<ClusterObject> Parse(string text)
    {
        try
        {
            return [.. YamlReader.ReadAll(Encoding.UTF8.GetBytes(text), new SourceFile("helm")).OfType<MappingNode>().Where(IsObject).Select(ResourceJson.ToClusterObject)];
        }
        catch (KustomizeException)
        {
            // helm itself reads it in another way, so nothing can be said about it here.
            return [];
        }
    }

    /// <summary>
    /// The objects of a release that are missing, or that have other values than it. What a running Argo CD has changed is its
    /// own; definitions are left out, since helm does not bring them back.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindDifferingAsync(TargetCluster cluster, string manifest, string ns, CancellationToken cancellationToken)
    {
        ClusterObject[] objects = [.. Parse(manifest).Where(o => !ApplyOrder.IsDefinition(o.Reference.Type))];
        var question = new ApplyOptions { FieldManager = "argobootstrap-compare", DryRun = true, DefaultNamespace = ns, Overrule = [], FieldValidation = "Ignore" };
        ApplyResult answer = await cluster.Applier.ApplyAsync(objects, question, null, cancellationToken).ConfigureAwait(false);
        ClusterObject[] candidates = [.. objects.Zip(answer.Objects).Where(p => IsDifferent(p.Second)).Select(p => p.First)];
        if (candidates.Length == 0)
        {
            return [];
        }
        // A conflict is found before the server adds its defaults (apiVersion of a fieldRef): what would really change, force tells.
        ApplyResult forced = await cluster.Applier.ApplyAsync(candidates, question with { Force = true }, null, cancellationToken).ConfigureAwait(false);
        return [.. forced.Objects.Where(o => o.Action == ApplyAction.Created || o.Changes.Count > 0).Select(Describe)];
    }

    private static string Describe(ObjectApplyResult result)
    {
        string[] fields = [.. result.Changes.Select(c => c.Path)];
        return result.Action == ApplyAction.Created ? $"{result.Reference} is missing" : $"{result.Reference} ({string.Join(", ", fields.Take(MostNamed))}{(fields.Length > MostNamed ? ", ..." : "")})";
    }

    private static bool IsDifferent(ObjectApplyResult result) =>
        result.Action == ApplyAction.Created || result.Changes.Count > 0 || result.Conflicts.Any(c => c.Manager != GitOpsBootstrapper.ArgoCDManager);

    private static bool IsObject(MappingNode node) =>
        node["apiVersion"] is ScalarNode && node["kind"] is ScalarNode && node["metadata"] is MappingNode metadata && metadata["name"] is ScalarNode;
}
