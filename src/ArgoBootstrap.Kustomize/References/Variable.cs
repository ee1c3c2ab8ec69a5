using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>A variable, whose value is a field of an object (kustomize: an entry of <c>vars</c>).</summary>
/// <param name="Name">Name, as in <c>$(NAME)</c>.</param>
/// <param name="Type">Type of the object; must be exact.</param>
/// <param name="ObjectName">Name that the object has, or once had.</param>
/// <param name="ObjectNamespace">Namespace that the object has, or once had; empty for any.</param>
/// <param name="FieldPath">Path of the field.</param>
/// <param name="Position">Where the variable is defined.</param>
public sealed record Variable(string Name, GroupVersionKind Type, string ObjectName, string ObjectNamespace, string FieldPath, SourcePosition Position)
{
    /// <summary>The field that a variable takes when it names none.</summary>
    public const string DefaultFieldPath = "metadata.name";
}
