using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>The Application through which an Argo CD manages itself from its overlay, and what its sources say.</summary>
public sealed class SelfManagement
{
    private static readonly string[] OwnServers = ["https://kubernetes.default.svc", "https://kubernetes.default.svc.cluster.local"];
    private readonly JsonObject _content;

    private SelfManagement(JsonObject content)
    {
        _content = content;
        Reference = ObjectReference.Of(content);
    }

    /// <summary>The Application.</summary>
    public ObjectReference Reference { get; }

    /// <summary>The path of the overlay in the repository; empty when no source has one.</summary>
    public string OverlayPath => OverlaySource?["path"].Text().Trim('/') ?? "";

    /// <summary>The repository that holds the overlay; empty when no source has a path.</summary>
    public string RepositoryUrl => OverlaySource?["repoURL"].Text() ?? "";

    /// <summary>The revision that is followed.</summary>
    public string TargetRevision => OverlaySource?["targetRevision"].Text() ?? "";

    /// <summary>The namespace that Argo CD is installed into.</summary>
    public string DestinationNamespace => _content.At("spec", "destination", "namespace").Text();

    /// <summary>Whether a source is a Helm chart, so that Argo CD is installed with it.</summary>
    public bool HasChart => ChartSource is not null;

    private IEnumerable<JsonObject> Sources => SourcesOf(_content);

    private JsonObject? OverlaySource => Sources.FirstOrDefault(s => s["path"].Text().Length > 0 && s["chart"].Text().Length == 0);

    private JsonObject? ChartSource => Sources.FirstOrDefault(s => s["chart"].Text().Length > 0);

    /// <summary>Finds it among the objects of an overlay: the Application for the own cluster whose path is the overlay's, otherwise the one that installs the <c>argo-cd</c> chart, otherwise the one named <c>argocd</c>.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="overlayPath">The overlay's path from the repository's root.</param>
    /// <returns>Null when there is none.</returns>
    public static SelfManagement? Find(IEnumerable<ClusterObject> objects, string overlayPath)
    {
        SelfManagement[] all = [.. objects.Where(o => IsApplication(o.Reference)).Select(o => new SelfManagement(o.Content)).Where(a => a.IsForOwnCluster)];
        return all.FirstOrDefault(a => a.OverlayPath == overlayPath)
            ?? all.FirstOrDefault(a => a.ChartSource?["chart"].Text() == "argo-cd")
            ?? all.FirstOrDefault(a => a.Reference.Name == "argocd");
    }

    /// <summary>Reads a live Application.</summary>
    internal static SelfManagement Of(JsonObject live) => new(live);

    internal bool IsForOwnCluster
    {
        get
        {
            string server = _content.At("spec", "destination", "server").Text().TrimEnd('/');
            string name = _content.At("spec", "destination", "name").Text();
            return server.Length > 0 ? OwnServers.Contains(server) : name is "" or "in-cluster";
        }
    }

    /// <summary>Whether another Application manages the cluster from the same overlay of the same repository.</summary>
    internal bool HasSameOverlay(SelfManagement other) =>
        OverlayPath == other.OverlayPath && (RepositoryUrl.Length == 0 || other.RepositoryUrl.Length == 0 || GitUrl.AreSame(RepositoryUrl, other.RepositoryUrl));

    /// <summary>The chart that the Application installs, with the values that it carries: the same that Argo CD will render later.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: there is no chart, or it takes values from where a bootstrap cannot.</exception>
    public HelmChart ReadChart()
    {
        JsonObject source = ChartSource ?? throw NotDescribed("has no source with a chart", "Install with -Method Manifest, or add the argo-cd chart to the Application's sources.");
        JsonNode? helm = source["helm"];
        foreach (string field in new[] { "valueFiles", "parameters", "fileParameters" })
        {
            if (helm.At(field) is JsonArray { Count: > 0 })
            {
                throw NotDescribed($"sets helm.{field}, which only Argo CD can resolve", "Put the values into helm.valuesObject, where patches reach them too.");
            }
        }
        string repository = source["repoURL"].Text().TrimEnd('/');
        string chart = source["chart"].Text();
        // Argo CD takes a registry without a scheme, or with oci://; helm wants the whole address as the chart.
        bool isOci = repository.StartsWith("oci://", StringComparison.Ordinal) || !repository.Contains("://", StringComparison.Ordinal);
        string release = helm.At("releaseName").Text();
        return new HelmChart
        {
            ReleaseName = release.Length > 0 ? release : Reference.Name,
            Chart = isOci ? $"{(repository.StartsWith("oci://", StringComparison.Ordinal) ? "" : "oci://")}{repository}/{chart}" : chart,
            RepositoryUrl = isOci ? "" : repository,
            Version = source["targetRevision"].Text(),
            ValuesJson = Values(helm).ToJsonString(),
            SkipCrds = helm.At("skipCrds").Flag(),
        };
    }

    private JsonNode Values(JsonNode? helm)
    {
        // As in Argo CD, valuesObject wins and values is not looked at beside it.
        if (helm.At("valuesObject") is JsonObject values)
        {
            return values;
        }
        string text = helm.At("values").Text();
        if (text.Trim().Length == 0)
        {
            return new JsonObject();
        }
        try
        {
            return Kustomize.Yaml.YamlReader.ReadAll(System.Text.Encoding.UTF8.GetBytes(text), new Kustomize.Yaml.SourceFile("helm.values")).FirstOrDefault() is Kustomize.Yaml.MappingNode node
                ? ResourceJson.ToJson(node)
                : throw NotDescribed("has helm.values that are not a mapping", "Correct them, or use helm.valuesObject.");
        }
        catch (Kustomize.Diagnostics.KustomizeException e)
        {
            throw NotDescribed($"has helm.values that are not YAML ({e.Message})", "Correct them, or use helm.valuesObject.");
        }
    }

    internal static bool IsApplication(ObjectReference reference) => reference.Type is { Group: "argoproj.io", Kind: "Application" };

    internal static IEnumerable<JsonObject> SourcesOf(JsonObject application) =>
        application.At("spec", "sources") is JsonArray { Count: > 0 } sources ? sources.OfType<JsonObject>()
        : application.At("spec", "source") is JsonObject source ? [source] : [];

    private OperationException NotDescribed(string what, string remedy) => new(ErrorIds.ChartNotDescribed, $"{Reference} {what}.", remedy);
}
