using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>An Application that its AppProject does not permit. See docs/rules/ApplicationNotPermitted.md.</summary>
internal sealed class ApplicationNotPermittedRule : IOverlayRule
{
    private const int ShownKinds = 3;
    private const string InClusterName = "in-cluster";
    private const string InClusterServer = "https://kubernetes.default.svc";

    /// <inheritdoc/>
    public string Id => "ApplicationNotPermitted";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "AppProjects permit the sources, destinations and kinds of the Applications beside them.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        ILookup<string, AppProject> projects = context.Resources.Where(AppProject.IsProject).Select(resource => new AppProject(resource)).ToLookup(project => project.Resource.Name);
        if (projects.Count == 0)
        {
            return [];
        }

        // A project that the overlay does not bring may be anywhere: nothing is known of it.
        return context.Resources.Select(resource => (Owner: resource, Spec: SpecOf(resource)))
            .Select(application => (application.Owner, application.Spec, Project: Of(application.Spec, projects)))
            .Where(application => application.Project is not null)
            .SelectMany(application => CheckSources(application.Owner, application.Spec, application.Project!)
                .Concat(CheckDestination(application.Owner, application.Spec, application.Project!))
                .Concat(CheckKinds(application.Owner, application.Spec, application.Project!, context)));
    }

    /// <summary>The <c>spec</c> of an Application, or of those that an ApplicationSet makes; <see langword="null"/> for other objects.</summary>
    private static YamlNode? SpecOf(Resource resource) =>
        ApplicationSource.IsApplication(resource) ? resource.Node.Child("spec")
        : ApplicationSource.IsApplicationSet(resource) && resource.Node.Child("spec").Child("templatePatch") is null ? resource.Node.Child("spec").Child("template").Child("spec")
        : null;

    private static AppProject? Of(YamlNode? spec, ILookup<string, AppProject> projects)
    {
        if (spec is null)
        {
            return null;
        }

        string name = spec.Scalar("project") is { Value.Length: > 0 } project ? project.Value : AppProject.Default;
        return projects[name].Take(2).ToArray() is [{ } only] ? only : null;
    }

    private static IEnumerable<RuleViolation> CheckSources(Resource application, YamlNode? spec, AppProject project) =>
        ApplicationSource.In(application, spec)
            .Select(source => source.RepositoryUrl)
            .OfType<ScalarNode>()
            .Where(url => url.Value.Length > 0 && IsKnown(url.Value) && !project.PermitsSource(url.Value))
            .Select(url => new RuleViolation(
                $"{ResourceReference.To(project.Resource)} does not permit the source '{UrlText.WithoutUser(url.Value)}' of {ResourceReference.To(application)}.",
                "Add the repository to sourceRepos of the project; a pattern's * does not pass a slash, ** does.",
                url.Position,
                application));

    private static IEnumerable<RuleViolation> CheckDestination(Resource application, YamlNode? spec, AppProject project)
    {
        YamlNode? destination = spec.Child("destination");
        string server = destination.Scalar("server")?.Value ?? "";
        string name = destination.Scalar("name")?.Value ?? "";
        string ns = destination.Scalar("namespace")?.Value ?? "";
        if (!IsKnown(server + name + ns) || destination is null || (server.Length == 0 && name.Length == 0))
        {
            yield break;
        }

        if (!Permits(project, server, name, ns))
        {
            yield return new RuleViolation(
                $"{ResourceReference.To(project.Resource)} does not permit the destination of {ResourceReference.To(application)}: {(server.Length > 0 ? server : name)}{(ns.Length > 0 ? $", namespace {ns}" : ", without a namespace")}.",
                "Add the cluster and the namespace to destinations of the project, or correct the Application's destination.",
                (destination.Scalar("namespace") ?? destination.Scalar("server") ?? destination.Scalar("name") ?? destination).Position,
                application);
        }
    }

    /// <summary>Only one of a cluster's name and URL is written: a project that speaks of the other may mean the same cluster.</summary>
    private static bool Permits(AppProject project, string server, string name, string ns)
    {
        if (server.TrimEnd('/') == InClusterServer || name == InClusterName)
        {
            return project.PermitsDestination(InClusterServer, InClusterName, ns);
        }

        return project.PermitsDestination(server, name, ns) || project.Resource.Node.Child("spec").Child("destinations").Items().Any(item => SpeaksOfOther(item, server));
    }

    private static bool SpeaksOfOther(YamlNode item, string server) =>
        server.Length > 0 ? item.Scalar("name") is { Value.Length: > 0 } : item.Scalar("server") is { Value.Length: > 0 };

    /// <summary>What an Application deploys is known where that is the overlay itself.</summary>
    private static IEnumerable<RuleViolation> CheckKinds(Resource application, YamlNode? spec, AppProject project, OverlayRuleContext context)
    {
        ApplicationSource? own = OwnRepository.PathSources(context).FirstOrDefault(source =>
            ReferenceEquals(source.Application, application) && OwnRepository.Folder(context.Target, source.Path!.Value) == context.Target.Path);
        if (own is null)
        {
            yield break;
        }

        YamlNode? destination = spec.Child("destination");
        string ns = destination.Scalar("namespace")?.Value ?? "";
        List<(string Kind, Resource First)> refused = [];
        HashSet<string> namespaces = new(StringComparer.Ordinal) { ns };
        foreach (Resource resource in context.Resources)
        {
            bool? isNamespaced = KindScope.IsNamespaced(resource, GroupOf(resource));
            if (!PermitsKind(project, resource, isNamespaced))
            {
                string kind = $"{resource.Kind}{(GroupOf(resource) is { Length: > 0 } group ? $" of {group}" : "")}";
                if (refused.TrueForAll(known => known.Kind != kind))
                {
                    refused.Add((kind, resource));
                }
            }
            else if (isNamespaced == true && resource.Namespace.Length > 0 && namespaces.Add(resource.Namespace) && IsKnown(resource.Namespace)
                && !Permits(project, destination.Scalar("server")?.Value ?? "", destination.Scalar("name")?.Value ?? "", resource.Namespace))
            {
                yield return new RuleViolation(
                    $"{ResourceReference.To(project.Resource)} does not permit the namespace '{resource.Namespace}', into which {ResourceReference.To(application)} deploys {ResourceReference.To(resource)}.",
                    "Add the namespace to destinations of the project.",
                    resource.Node.Position,
                    resource);
            }
        }

        if (refused.Count > 0)
        {
            string kinds = string.Join(", ", refused.Take(ShownKinds).Select(kind => kind.Kind)) + (refused.Count > ShownKinds ? $" and {refused.Count - ShownKinds} more" : "");
            yield return new RuleViolation(
                $"{ResourceReference.To(project.Resource)} does not permit {kinds}, which {ResourceReference.To(application)} deploys; the first is {ResourceReference.To(refused[0].First)}.",
                "Permit cluster-scoped kinds under clusterResourceWhitelist of the project, others under namespaceResourceWhitelist, and take them out of the blacklists.",
                refused[0].First.Node.Position,
                refused[0].First);
        }
    }

    /// <summary>A kind of which only a cluster knows where it is may be in a namespace or not.</summary>
    private static bool PermitsKind(AppProject project, Resource resource, bool? isNamespaced) =>
        isNamespaced is { } known
            ? project.PermitsKind(GroupOf(resource), resource.Kind, resource.Name, known)
            : project.PermitsKind(GroupOf(resource), resource.Kind, resource.Name, false) || project.PermitsKind(GroupOf(resource), resource.Kind, resource.Name, true);

    private static string GroupOf(Resource resource) =>
        resource.ApiVersion.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? "" : resource.ApiVersion[..slash];

    private static bool IsKnown(string text) => !Substitutions.AreIn(text) && !VariableText.HasReference(text) && !Placeholders.IsInText(text);
}
