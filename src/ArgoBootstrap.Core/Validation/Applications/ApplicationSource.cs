using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>
/// A source of an Argo CD Application: <c>spec.source</c>, an item of <c>spec.sources</c>, or
/// <c>spec.sourceHydrator.drySource</c> (application CRD, <c>argoproj.io/v1alpha1</c>).
/// </summary>
/// <param name="Application">The Application, or the ApplicationSet that makes it.</param>
/// <param name="Spec">The Application's <c>spec</c>, or that of the ApplicationSet's template.</param>
/// <param name="Node">The source.</param>
internal sealed record ApplicationSource(Resource Application, YamlNode? Spec, MappingNode Node)
{
    private static readonly string[] InCluster = ["https://kubernetes.default.svc", "https://kubernetes.default.svc.cluster.local"];

    /// <summary><c>repoURL</c>.</summary>
    public ScalarNode? RepositoryUrl => Node.Scalar("repoURL");

    /// <summary><c>path</c>.</summary>
    public ScalarNode? Path => Node.Scalar("path");

    /// <summary><c>chart</c>: set for a Helm repository, whose sources have no path.</summary>
    public ScalarNode? Chart => Node.Scalar("chart");

    /// <summary><c>targetRevision</c>.</summary>
    public ScalarNode? TargetRevision => Node.Scalar("targetRevision");

    /// <summary>Whether the Application deploys to the cluster that its Argo CD runs on.</summary>
    public bool IsForOwnCluster =>
        Spec.Child("destination") is not MappingNode destination
        || (destination.Scalar("server"), destination.Scalar("name")) switch
        {
            ({ } server, _) => InCluster.Contains(server.Value.TrimEnd('/')),
            (_, { } name) => name.Value == "in-cluster",
            _ => true,
        };

    /// <summary>Whether an object is an Application.</summary>
    /// <param name="resource">The object.</param>
    public static bool IsApplication(Resource resource) => IsOf(resource, "Application");

    /// <summary>Whether an object is an ApplicationSet.</summary>
    /// <param name="resource">The object.</param>
    public static bool IsApplicationSet(Resource resource) => IsOf(resource, "ApplicationSet");

    /// <summary>The sources of an Application.</summary>
    /// <param name="application">The Application.</param>
    public static IEnumerable<ApplicationSource> Of(Resource application) => In(application, application.Node.Child("spec"));

    /// <summary>The sources that the <c>spec</c> of an Application names. As in Argo CD, <c>sources</c> wins over <c>source</c>.</summary>
    /// <param name="owner">The Application, or the ApplicationSet that makes it.</param>
    /// <param name="spec">The <c>spec</c>.</param>
    public static IEnumerable<ApplicationSource> In(Resource owner, YamlNode? spec)
    {
        YamlNode?[] sources = spec.Child("sources").Items();
        YamlNode?[] nodes = spec.Child("sourceHydrator").Child("drySource") is { } dry ? [dry] : sources.Length > 0 ? sources : [spec.Child("source")];
        return nodes.OfType<MappingNode>().Select(node => new ApplicationSource(owner, spec, node));
    }

    private static bool IsOf(Resource resource, string kind) =>
        resource.Kind == kind && resource.ApiVersion.StartsWith("argoproj.io/", StringComparison.Ordinal);
}
