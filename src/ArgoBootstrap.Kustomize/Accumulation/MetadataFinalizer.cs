using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>
/// The last touch to an object's metadata. kustomize keeps notes in annotations and takes them out at the end, which leaves
/// traces that belong to its output: every annotation is a string then, an empty mapping is gone, and an object without
/// metadata has an empty one.
/// </summary>
internal static class MetadataFinalizer
{
    private const string OriginKey = "config.kubernetes.io/origin";
    private const string TransformationsKey = "alpha.config.kubernetes.io/transformations";

    /// <summary>Notes that tools of kustomize's family leave in files; kustomize takes them out of what it prints.</summary>
    private static readonly string[] Notes =
    [
        "internal.config.kubernetes.io/path", "internal.config.kubernetes.io/index", "internal.config.kubernetes.io/seqindent",
        "internal.config.kubernetes.io/id", "internal.config.kubernetes.io/annotations-migration-resource-id",
        "internal.config.kubernetes.io/helm-generated", "config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id",
        "internal.config.kubernetes.io/refBy",
    ];

    /// <summary>Gives an object its final metadata.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="withOrigin">Whether its origin is recorded.</param>
    /// <param name="withTransformations">Whether what transformed it is recorded.</param>
    public static Resource Finish(Resource resource, bool withOrigin, bool withTransformations)
    {
        YamlNode? found = resource.Node["metadata"];
        if (found is null || found.IsNull)
        {
            found = MappingNode.Empty;
        }
        if (found is not MappingNode metadata)
        {
            return resource;
        }
        metadata = AnnotationStrings.Collapse(metadata);
        MappingNode annotations = AnnotationStrings.Of(WithoutNotes(AnnotationStrings.Read(metadata["annotations"])));
        if (withOrigin && resource.Origin is Origin origin)
        {
            annotations = annotations.With(OriginKey, ScalarNode.String(OriginText.Of(origin)));
        }
        if (withTransformations && !resource.Transformations.IsEmpty)
        {
            annotations = annotations.With(TransformationsKey, ScalarNode.String(OriginText.Of(resource.Transformations)));
        }
        metadata = annotations.Count == 0 ? metadata.Without("annotations") : metadata.With("annotations", annotations);
        return resource.WithNode(resource.Node.With("metadata", metadata));
    }

    private static MappingNode WithoutNotes(MappingNode annotations)
    {
        foreach (string note in Notes)
        {
            annotations = annotations.Without(note);
        }
        return annotations;
    }
}
