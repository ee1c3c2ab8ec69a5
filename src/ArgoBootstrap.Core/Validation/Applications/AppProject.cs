using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>What an AppProject permits, decided as Argo CD's controller does (<c>app_project_types.go</c>).</summary>
/// <param name="Resource">The AppProject.</param>
internal sealed record AppProject(Resource Resource)
{
    /// <summary>The project of Applications that name none. Argo CD makes it, with everything permitted, where nobody else does.</summary>
    public const string Default = "default";

    private YamlNode? Spec => Resource.Node.Child("spec");

    /// <summary>Whether an object is an AppProject.</summary>
    public static bool IsProject(Resource resource) =>
        resource.Kind == "AppProject" && resource.ApiVersion.StartsWith("argoproj.io/", StringComparison.Ordinal);

    /// <summary>Whether Applications may take something from a repository.</summary>
    /// <param name="repositoryUrl">Its URL.</param>
    public bool PermitsSource(string repositoryUrl)
    {
        string url = NormalizeUrl(repositoryUrl);
        bool isAccepted = false;
        foreach (string pattern in Texts(Spec.Child("sourceRepos")))
        {
            bool isDenial = ProjectGlob.IsDenial(pattern);
            string normalized = isDenial ? "!" + NormalizeUrl(pattern[1..]) : NormalizeUrl(pattern);
            bool accepts = ProjectGlob.Accepts(normalized, url, '/');
            if (!accepts && isDenial)
            {
                return false;
            }

            isAccepted |= accepts;
        }

        return isAccepted;
    }

    /// <summary>Whether Applications may deploy into a namespace of a cluster.</summary>
    /// <param name="server">The URL of the cluster; empty where it is not known.</param>
    /// <param name="name">The name of the cluster; empty where it is not known.</param>
    /// <param name="ns">The namespace.</param>
    public bool PermitsDestination(string server, string name, string ns)
    {
        bool isAccepted = false;
        foreach (YamlNode item in Spec.Child("destinations").Items())
        {
            string itemServer = item.Scalar("server")?.Value ?? "";
            string itemName = item.Scalar("name")?.Value ?? "";
            string itemNamespace = item.Scalar("namespace")?.Value ?? "";
            bool fitsServer = server.Length > 0 && ProjectGlob.Accepts(itemServer, server);
            bool fitsName = name.Length > 0 && ProjectGlob.Accepts(itemName, name);
            bool fitsNamespace = ProjectGlob.Accepts(itemNamespace, ns);
            if ((fitsServer || fitsName) && fitsNamespace)
            {
                isAccepted = true;
            }
            else if ((!fitsName && ProjectGlob.IsDenial(itemName))
                || (!fitsServer && ProjectGlob.IsDenial(itemServer) && fitsNamespace)
                || (!fitsNamespace && ProjectGlob.IsDenial(itemNamespace) && fitsServer))
            {
                return false;
            }
        }

        return isAccepted;
    }

    /// <summary>Whether Applications may deploy objects of a kind.</summary>
    /// <param name="group">The API group; empty for the core.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="isNamespaced">Whether objects of the kind are in a namespace.</param>
    public bool PermitsKind(string group, string kind, string name, bool isNamespaced)
    {
        (string allowed, string denied) = isNamespaced ? ("namespaceResourceWhitelist", "namespaceResourceBlacklist") : ("clusterResourceWhitelist", "clusterResourceBlacklist");
        YamlNode? list = Spec.Child(allowed);
        bool isAccepted = (isNamespaced && list is null or { IsNull: true }) || IsIn(list, group, kind, isNamespaced ? null : name);
        return isAccepted && !IsIn(Spec.Child(denied), group, kind, isNamespaced ? null : name);
    }

    private static bool IsIn(YamlNode? list, string group, string kind, string? name) => Array.Exists(
        list.Items(),
        item => ProjectGlob.FitsName(item.Scalar("kind")?.Value ?? "", kind)
            && ProjectGlob.FitsName(item.Scalar("group")?.Value ?? "", group)
            && (name is null || item.Scalar("name") is not { Value.Length: > 0 } pattern || ProjectGlob.FitsName(pattern.Value, name)));

    private static IEnumerable<string> Texts(YamlNode? list) => list.Items().OfType<ScalarNode>().Where(item => !item.IsNull).Select(item => item.Value);

    /// <summary>URLs of SSH have two forms that mean the same; neither case nor a final .git counts.</summary>
    private static string NormalizeUrl(string url)
    {
        string text = url.Trim().ToLowerInvariant();
        int at = text.IndexOf('@', StringComparison.Ordinal);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (at > 0 && colon > at && (slash < 0 || colon < slash))
        {
            text = text[..colon] + '/' + text[(colon + 1)..];
        }

        text = text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
        return text.StartsWith("ssh://", StringComparison.Ordinal) ? text["ssh://".Length..] : text;
    }
}
