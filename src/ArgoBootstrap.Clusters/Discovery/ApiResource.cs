using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Discovery;

/// <summary>A type of objects as one API server serves it.</summary>
/// <param name="Type">Group, version and kind.</param>
/// <param name="Plural">Name in paths: <c>deployments</c>.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
/// <param name="Verbs">What can be done: <c>get</c>, <c>list</c>, <c>watch</c>, <c>patch</c>, <c>delete</c>...</param>
/// <param name="Subresources">Names of its subresources: <c>status</c>, <c>scale</c>.</param>
public sealed record ApiResource(GroupVersionKind Type, string Plural, bool IsNamespaced, IReadOnlyList<string> Verbs, IReadOnlyList<string> Subresources)
{
    /// <summary>Whether something can be done with its objects.</summary>
    /// <param name="verb">The verb.</param>
    public bool Supports(string verb) => Verbs.Contains(verb, StringComparer.Ordinal);

    /// <summary>The path of all objects, or of one namespace's.</summary>
    /// <param name="ns">The namespace; empty for all of them. Ignored when the type has none.</param>
    public string CollectionPath(string ns = "")
    {
        string root = Type.Group.Length == 0 ? $"/api/{Type.Version}" : $"/apis/{Type.Group}/{Type.Version}";
        return IsNamespaced && ns.Length > 0 ? $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}" : $"{root}/{Plural}";
    }

    /// <summary>The path of one object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ns">Its namespace; ignored when the type has none.</param>
    public string ObjectPath(string name, string ns) => $"{CollectionPath(ns)}/{Uri.EscapeDataString(name)}";
}
