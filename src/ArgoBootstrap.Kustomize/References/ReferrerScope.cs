using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Which objects one object can refer to: a cluster-scoped object all of them; another one what is cluster-scoped or in its
/// own namespace; a RoleBinding also what is in a namespace of a ServiceAccount that it binds.
/// </summary>
internal sealed class ReferrerScope
{
    private ReferrerScope(string ns, IReadOnlyCollection<string> further)
    {
        Namespace = ns;
        FurtherNamespaces = further;
    }

    /// <summary>The effective namespace of the object.</summary>
    public string Namespace { get; }

    /// <summary>Namespaces, as written, that a RoleBinding names.</summary>
    public IReadOnlyCollection<string> FurtherNamespaces { get; }

    /// <summary>Whether every object can be seen.</summary>
    public bool SeesEverything => Namespace == ResourceId.ClusterScope;

    /// <summary>What an object can refer to.</summary>
    /// <param name="referrer">The object.</param>
    /// <exception cref="KustomizeException">A RoleBinding has a subject that is not a mapping, or a ServiceAccount among them has a namespace that is not text.</exception>
    public static ReferrerScope Of(Resource referrer)
    {
        ResourceId id = referrer.Id;
        bool binds = !id.IsClusterScoped && id.Type.Kind == "RoleBinding";
        return new ReferrerScope(id.EffectiveNamespace, binds && referrer.Node["subjects"] is SequenceNode subjects ? Namespaces(referrer, subjects) : []);
    }

    /// <summary>Whether an object can be seen.</summary>
    /// <param name="target">The object.</param>
    public bool Sees(Resource target)
    {
        if (SeesEverything)
        {
            return true;
        }
        string ns = target.Id.EffectiveNamespace;
        return ns == Namespace || ns == ResourceId.ClusterScope || (FurtherNamespaces.Count > 0 && FurtherNamespaces.Contains(target.Namespace));
    }

    private static HashSet<string> Namespaces(Resource referrer, SequenceNode subjects)
    {
        HashSet<string> namespaces = new(StringComparer.Ordinal);
        foreach (YamlNode item in subjects.Items)
        {
            if (item is not MappingNode subject)
            {
                throw Invalid(referrer, item, $"has a subject that is a {item.KindName}", "Write every subject as a mapping of kind, name and namespace.");
            }
            if (subject["namespace"] is not { } ns || subject["kind"] is not { } kind)
            {
                continue;
            }
            if (kind is not ScalarNode { Tag: ScalarTags.String } kindText)
            {
                throw Invalid(referrer, kind, "has a subject whose kind is not text", "Write the kind as a string.");
            }
            if (kindText.Value == "ServiceAccount")
            {
                namespaces.Add(ns is ScalarNode { Tag: ScalarTags.String } text
                    ? text.Value
                    : throw Invalid(referrer, ns, "has a ServiceAccount among its subjects whose namespace is not text", "Name the namespace as a string, or leave the field out."));
            }
        }
        return namespaces;
    }

    private static KustomizeException Invalid(Resource referrer, YamlNode at, string what, string remedy) =>
        new(DiagnosticIds.InvalidResource, $"{referrer.Id.Describe()} {what}.", at.Position, remedy);
}
