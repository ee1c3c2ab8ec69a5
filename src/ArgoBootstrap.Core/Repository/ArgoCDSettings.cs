namespace ArgoBootstrap.Core.Repository;

/// <summary>How Argo CD gets onto the clusters of a repository (<c>spec.argocd</c> of the settings).</summary>
public sealed record ArgoCDSettings
{
    /// <summary><c>namespace</c>: where it runs.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary><c>installMethod</c>: with the Helm chart, or with the upstream manifest.</summary>
    public ArgoCDInstallMethod InstallMethod { get; init; } = ArgoCDInstallMethod.Helm;

    /// <summary><c>version</c>: the release, such as <c>v3.5.1</c>; <see langword="null"/> where it is not said.</summary>
    public string? Version { get; init; }

    /// <summary><c>chart.repoURL</c>: where the chart comes from; <see langword="null"/> where it is not said.</summary>
    public string? ChartRepositoryUrl { get; init; }

    /// <summary><c>chart.name</c>: the chart; <see langword="null"/> where it is not said.</summary>
    public string? ChartName { get; init; }

    /// <summary><c>chart.version</c>: the version of the chart; <see langword="null"/> where it is not said.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>The version and how it is installed, for listings.</summary>
    public override string ToString() => $"{Version ?? "(no version)"} by {InstallMethod} in {Namespace}";
}
