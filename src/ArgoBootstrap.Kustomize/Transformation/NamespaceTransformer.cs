using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Moves objects to a namespace: <c>namespace</c>.</summary>
/// <param name="ns">The namespace, with the place where it is written.</param>
/// <param name="fields">Further fields that hold a namespace.</param>
/// <param name="unsetOnly">Whether namespaces that are set stay as they are.</param>
/// <param name="subjects">Which subjects of role bindings are moved.</param>
internal sealed class NamespaceTransformer(
    Located<string> ns, IReadOnlyList<FieldSpec> fields, bool unsetOnly = false, RoleBindingSubjects subjects = RoleBindingSubjects.DefaultOnly) : ResourceTransformer
{
    private const string NamePath = "metadata/name";
    private const string SubjectsPath = "subjects/namespace";
    private static readonly FieldSpec MetadataNamespace = new(GroupVersionKind.Any, "metadata/namespace", CreateIfNotPresent: true);

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources)
    {
        if (ns.Value.Length == 0)
        {
            return;
        }
        base.Transform(resources);
        var seen = new Dictionary<ResourceId, Resource>(resources.Count);
        foreach (Resource resource in resources.Resources)
        {
            if (!seen.TryAdd(resource.Id, resource))
            {
                throw new KustomizeException(
                    DiagnosticIds.DuplicateResource,
                    $"Two objects become the same when they are moved to the namespace '{ns.Value}': {resource.Id.Describe()}, the other one at {seen[resource.Id].Node.Position}.",
                    resource.Node.Position,
                    "Rename one of them, or keep their namespaces apart.");
            }
        }
    }

    /// <inheritdoc/>
    protected override Resource Transform(Resource resource)
    {
        if (resource.IsHelmGenerated || HasAnnotation(resource, "internal.config.kubernetes.io/helm-generated"))
        {
            return resource;
        }
        resource = resource.WithStoredId();
        GroupVersionKind type = resource.Id.Type;
        MappingNode node = resource.Node;
        if (!resource.Id.IsClusterScoped)
        {
            node = FieldSpecFilter.Apply(node, MetadataNamespace, SetNamespace, FieldCreation.String);
        }
        bool isBinding = type.Kind is "RoleBinding" or "ClusterRoleBinding";
        if (isBinding)
        {
            node = MoveSubjects(resource, node);
        }
        bool isCore = resource.ApiVersion == "v1";
        foreach (FieldSpec field in fields)
        {
            // metadata.namespace and the subjects of bindings have rules of their own, above; only a core Namespace takes its name from the namespace.
            if (field.Path == MetadataNamespace.Path
                || (field.Path == NamePath && !isCore)
                || (isBinding && field is { Path: SubjectsPath, Type.Kind: "RoleBinding" or "ClusterRoleBinding" })
                || !type.IsSelectedBy(field.Type))
            {
                continue;
            }
            node = FieldSpecFilter.Apply(node, field, SetNamespace, FieldCreation.String);
        }
        return resource.WithNode(node);
    }

    private MappingNode MoveSubjects(Resource resource, MappingNode node)
    {
        if (subjects == RoleBindingSubjects.None || node["subjects"] is not YamlNode found || found.IsNull)
        {
            return node;
        }
        if (found is not SequenceNode sequence)
        {
            throw new KustomizeException(DiagnosticIds.WrongType, $"'subjects' must be a list, but is a {found.KindName}.", found.Position, "Make it a list.");
        }
        for (int i = 0; i < sequence.Count; i++)
        {
            if (sequence[i].IsNull)
            {
                continue;
            }
            if (sequence[i] is not MappingNode subject)
            {
                throw new KustomizeException(
                    DiagnosticIds.WrongType, $"An item of 'subjects' must be a mapping, but is a {sequence[i].KindName}.", sequence[i].Position, "Write kind, name and namespace of the subject.");
            }
            if (IsMoved(resource, subject, i))
            {
                YamlNode current = subject["namespace"] ?? ScalarNode.String("");
                sequence = sequence.WithItemAt(i, subject.With("namespace", SetNamespace(current)));
            }
        }
        return node.With("subjects", sequence);
    }

    private bool IsMoved(Resource resource, MappingNode subject, int index)
    {
        (string key, string moved) = subjects == RoleBindingSubjects.AllServiceAccounts ? ("kind", "ServiceAccount") : ("name", "default");
        return subject[key] switch
        {
            null => false,
            ScalarNode scalar => scalar.Value == moved,
            YamlNode other => throw new KustomizeException(
                DiagnosticIds.WrongType,
                $"subjects[{index}].{key} of {resource.Id.Describe()}, which decides whether the subject is moved to the namespace '{ns.Value}', must be text, but is a {other.KindName}.",
                other.Position.File == SourceFile.Generated ? resource.Node.Position : other.Position,
                $"Write the {key} of the subject as text."),
        };
    }

    private YamlNode SetNamespace(YamlNode node)
    {
        if (node is not ScalarNode scalar)
        {
            throw new KustomizeException(
                DiagnosticIds.WrongType, $"A namespace is to be set here, but this is a {node.KindName}.", node.Position, "Namespace field specifications must lead to scalars.");
        }
        return unsetOnly && scalar is { IsNull: false, Value.Length: > 0 } ? node : ScalarEdit.AsString(node, ns.Value);
    }

    private static bool HasAnnotation(Resource resource, string key) =>
        resource.Node["metadata"] is MappingNode metadata && metadata["annotations"] is MappingNode annotations && annotations[key] is ScalarNode { Value: "true" };
}
