using System.Security.Cryptography;
using System.Text;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Pruning;

/// <summary>
/// A set of objects that belong together, marked as kubectl marks it (KEP-3659, <c>kubectl apply --applyset</c>): each member
/// has a label with the set's id, and a parent object notes which kinds and namespaces to look for members in.
/// </summary>
/// <param name="Parent">The parent: a Secret or a ConfigMap; made when it is not there.</param>
public sealed record ApplySet(ObjectReference Parent)
{
    /// <summary>The label of members.</summary>
    public const string MemberLabel = "applyset.kubernetes.io/part-of";

    /// <summary>The label of the parent.</summary>
    public const string IdLabel = "applyset.kubernetes.io/id";

    internal const string ToolingAnnotation = "applyset.kubernetes.io/tooling";
    internal const string GroupKindsAnnotation = "applyset.kubernetes.io/contains-group-kinds";
    internal const string NamespacesAnnotation = "applyset.kubernetes.io/additional-namespaces";

    /// <summary>What names us as the tool that keeps the set. A set that another tool keeps is refused.</summary>
    internal const string Tooling = "argobootstrap/v1";

    /// <summary>The set's id: <c>applyset-</c>, then the SHA-256 of <c>name.namespace.kind.group</c> in URL-safe base64, then <c>-v1</c>.</summary>
    public string Id
    {
        get
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Parent.Name}.{Parent.Namespace}.{Parent.Type.Kind}.{Parent.Type.Group}"));
            return $"applyset-{Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_')}-v1";
        }
    }

    /// <summary>The labels that members carry.</summary>
    public IReadOnlyDictionary<string, string> MemberLabels => new Dictionary<string, string> { [MemberLabel] = Id };
}
