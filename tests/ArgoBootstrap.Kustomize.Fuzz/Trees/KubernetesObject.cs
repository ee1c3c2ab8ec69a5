namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>An object of a tree, as its file has it.</summary>
/// <param name="ApiVersion">Its <c>apiVersion</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace; empty when it has none.</param>
/// <param name="Model">The object.</param>
internal sealed record KubernetesObject(string ApiVersion, string Kind, string Name, string Namespace, Map Model)
{
    /// <summary>The group of <see cref="ApiVersion"/>; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion.Split('/')[0] : "";

    /// <summary>The version of <see cref="ApiVersion"/>.</summary>
    public string Version => ApiVersion.Split('/')[^1];
}
