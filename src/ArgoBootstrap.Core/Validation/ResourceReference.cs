using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Which object a finding is about.</summary>
/// <param name="ApiVersion"><c>apiVersion</c>.</param>
/// <param name="Kind"><c>kind</c>.</param>
/// <param name="Name"><c>metadata.name</c>.</param>
/// <param name="Namespace"><c>metadata.namespace</c>, or <see langword="null"/> where the object names none.</param>
public sealed record ResourceReference(string ApiVersion, string Kind, string Name, string? Namespace)
{
    /// <summary>Names a rendered object.</summary>
    /// <param name="resource">The object.</param>
    public static ResourceReference To(Resource resource) =>
        new(resource.ApiVersion, resource.Kind, resource.Name, resource.Namespace.Length > 0 ? resource.Namespace : null);

    /// <summary>Names an object as its own file does: what layers above have renamed keeps its first name.</summary>
    /// <param name="resource">The object.</param>
    internal static ResourceReference ToOriginal(Resource resource) =>
        new(resource.ApiVersion, resource.Kind, resource.OriginalId.Name, null);

    /// <summary><c>Kind namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
