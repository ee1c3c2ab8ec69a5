using System.Collections.Immutable;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>
/// What a schema says of a value: the schema of what is in it and, for a list, how a strategic merge patch changes it
/// (<c>x-kubernetes-patch-strategy</c>, <c>x-kubernetes-patch-merge-key</c>, <c>x-kubernetes-list-map-keys</c>). Immutable.
/// </summary>
public abstract class SchemaNode
{
    /// <summary>Whether the items of this list are merged one by one. Lists are replaced otherwise.</summary>
    public virtual bool MergesItems => false;

    /// <summary>The fields that tell the items of a merged list apart; none for a list of scalars that is a set.</summary>
    public virtual ImmutableArray<string> MergeKeys => [];

    /// <summary>The schema of the items of a list, or null when this is not a list or nothing is known of them.</summary>
    public virtual SchemaNode? Elements => null;

    /// <summary>The schema of a field of an object, or null when nothing is known of it.</summary>
    /// <param name="name">Name of the field, or key of a map.</param>
    public virtual SchemaNode? Field(string name) => null;
}
