namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// The identity of an object: its type, name and effective namespace. Two ids are equal exactly when kustomize calls them
/// equal: no namespace and <c>default</c> are the same, and a type that is not namespaced ignores its namespace.
/// </summary>
/// <param name="Type">Type.</param>
/// <param name="Name">Name.</param>
/// <param name="EffectiveNamespace">Namespace; <see cref="ClusterScope"/> for types that are not namespaced, <c>default</c> instead of none.</param>
public readonly record struct ResourceId(GroupVersionKind Type, string Name, string EffectiveNamespace)
{
    /// <summary>Stands for the namespace of objects that have none by their type.</summary>
    public const string ClusterScope = "_non_namespaceable_";

    /// <summary>The namespace of namespaced objects that name none.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>Makes an id from what an object's metadata says.</summary>
    /// <param name="type">Type.</param>
    /// <param name="name">Name.</param>
    /// <param name="ns">Namespace as written; may be empty.</param>
    /// <param name="clusterScoped">Whether the type is known to be not namespaced.</param>
    public static ResourceId Create(GroupVersionKind type, string name, string ns, bool clusterScoped) =>
        new(type, name, clusterScoped ? ClusterScope : ns.Length == 0 ? DefaultNamespace : ns);

    /// <summary>Whether the type is not namespaced.</summary>
    public bool IsClusterScoped => EffectiveNamespace == ClusterScope;

    /// <summary>Whether this id fits a selector in which empty parts stand for anything.</summary>
    /// <param name="type">Type to fit; empty parts fit anything.</param>
    /// <param name="name">Name to fit; empty fits anything.</param>
    /// <param name="ns">Namespace to fit; empty fits anything.</param>
    public bool IsSelectedBy(GroupVersionKind type, string name, string ns) =>
        (name.Length == 0 || name == Name)
        && (ns.Length == 0 || ns == EffectiveNamespace)
        && Type.IsSelectedBy(type);

    /// <summary>How messages name an object: <c>Deployment web in namespace shop</c>.</summary>
    public string Describe() =>
        IsClusterScoped || EffectiveNamespace == DefaultNamespace ? $"{Type.Kind} {Name}" : $"{Type.Kind} {Name} in namespace {EffectiveNamespace}";

    /// <summary><c>Kind.version.group/name.namespace</c>, as kustomize prints it.</summary>
    public override string ToString() =>
        $"{Type}/{(Name.Length > 0 ? Name : "[noName]")}.{(IsClusterScoped || EffectiveNamespace == DefaultNamespace ? "[noNs]" : EffectiveNamespace)}";
}
