namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>The type of a Kubernetes object.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version within the group.</param>
/// <param name="Kind">Kind.</param>
public readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary>Every type, as a selector.</summary>
    public static GroupVersionKind Any { get; } = new("", "", "");

    /// <summary>The type that an object's <c>apiVersion</c> and <c>kind</c> name.</summary>
    /// <param name="apiVersion"><c>group/version</c>, or <c>version</c> alone for the core group.</param>
    /// <param name="kind">Kind.</param>
    public static GroupVersionKind Parse(string apiVersion, string kind)
    {
        int slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", apiVersion, kind) : new(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
    }

    /// <summary>What an object of this type has as <c>apiVersion</c>.</summary>
    public string ApiVersion => Group.Length > 0 ? $"{Group}/{Version}" : Version;

    /// <summary>Whether this type fits a selector in which empty parts stand for anything.</summary>
    /// <param name="selector">The selector.</param>
    public bool IsSelectedBy(GroupVersionKind selector) =>
        (selector.Group.Length == 0 || selector.Group == Group)
        && (selector.Version.Length == 0 || selector.Version == Version)
        && (selector.Kind.Length == 0 || selector.Kind == Kind);

    /// <summary><c>Kind.version.group</c> with <c>[noGrp]</c>, <c>[noVer]</c>, <c>[noKind]</c> for empty parts, as kustomize prints it.</summary>
    public override string ToString() =>
        $"{(Kind.Length > 0 ? Kind : "[noKind]")}.{(Version.Length > 0 ? Version : "[noVer]")}.{(Group.Length > 0 ? Group : "[noGrp]")}";
}
