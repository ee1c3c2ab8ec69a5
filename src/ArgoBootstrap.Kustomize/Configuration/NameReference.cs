using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>The fields that hold the name of one type of object (kustomize: <c>nameReference</c>).</summary>
/// <param name="Target">The type that is referred to; empty parts stand for anything.</param>
/// <param name="Referrers">The fields that refer to it.</param>
public sealed record NameReference(GroupVersionKind Target, IReadOnlyList<FieldSpec> Referrers);
