using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Puts a text before or after names: <c>namePrefix</c> and <c>nameSuffix</c>.</summary>
/// <param name="affix">The text.</param>
/// <param name="isPrefix">Whether it goes before the name.</param>
/// <param name="fields">The names.</param>
internal sealed class NameAffixTransformer(string affix, bool isPrefix, IReadOnlyList<FieldSpec> fields) : ResourceTransformer
{
    private const string NamePath = "metadata/name";

    /// <inheritdoc/>
    protected override Resource Transform(Resource resource)
    {
        GroupVersionKind type = resource.OriginalId.Type;
        // Names of these kinds mean something by themselves: kustomize leaves them alone.
        if (type.Kind is "CustomResourceDefinition" or "Namespace" || type is { Group: "apiregistration.k8s.io", Kind: "APIService" })
        {
            return resource;
        }
        foreach (FieldSpec field in fields)
        {
            if (!type.IsSelectedBy(field.Type))
            {
                continue;
            }
            if (field.Path == NamePath && affix.Length > 0)
            {
                resource = (isPrefix ? resource.WithNamePrefix(affix) : resource.WithNameSuffix(affix)).WithStoredId();
            }
            if (resource.Id.Type.IsSelectedBy(field.Type))
            {
                resource = resource.WithNode(FieldSpecFilter.Apply(resource.Node, field, Change, FieldCreation.String));
            }
        }
        return resource;
    }

    private YamlNode Change(YamlNode node) => node is ScalarNode scalar
        ? scalar.WithText(isPrefix ? affix + scalar.Value : scalar.Value + affix)
        : throw new KustomizeException(
            DiagnosticIds.WrongType, $"A name prefix or suffix is to be set here, but this is a {node.KindName}.", node.Position, "Correct the field or the transformer configuration.");
}
