namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>In what order objects are printed.</summary>
public enum Reorder
{
    /// <summary>Namespaces and definitions first, webhooks last, the rest by kind: the order of <c>kustomize build</c>, unless the kustomization has <c>sortOptions</c>.</summary>
    Legacy,

    /// <summary>The order in which they are read.</summary>
    None,
}
