using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// Settings of a repository, from <c>argobootstrap.yaml</c> at its root or in <c>apps/system</c>. What the file does not say
/// has the defaults given here; a repository without the file has all of them.
/// </summary>
public sealed record GitOpsSettings
{
    /// <summary>The settings of a repository that has no settings file.</summary>
    public static GitOpsSettings Default { get; } = new();

    /// <summary><c>spec.repoURL</c>: where the clusters find the repository; <see langword="null"/> where it is not said.</summary>
    public string? RepositoryUrl { get; init; }

    /// <summary><c>spec.targetRevision</c>: the branch or tag that the clusters follow.</summary>
    public string TargetRevision { get; init; } = "HEAD";

    /// <summary><c>spec.argocd</c>: the installation that the repository manages.</summary>
    public ArgoCDSettings ArgoCD { get; init; } = new();

    /// <summary><c>spec.environments[].name</c>: the environments that the repository should have; empty where it is not said.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>
    /// <c>spec.exclude</c>: folders that a search for overlays leaves out, as patterns of paths from the repository's root;
    /// <c>*</c> stands for anything within a segment, <c>**</c> for any number of segments, <c>?</c> for one character. A
    /// pattern without a slash fits the name of a folder anywhere.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary><c>spec.rules</c>: what is changed about validation rules, by rule id.</summary>
    public IReadOnlyDictionary<string, RuleSetting> Rules { get; init; } = new Dictionary<string, RuleSetting>();

    /// <summary>Where <c>spec.environments</c> is written.</summary>
    internal SourcePosition EnvironmentsPosition { get; init; } = SourcePosition.None;

    /// <summary>Where each environment's name is written, in the order of <see cref="Environments"/>.</summary>
    internal IReadOnlyList<SourcePosition> EnvironmentPositions { get; init; } = [];

    /// <summary>Whether <c>spec.targetRevision</c> is written.</summary>
    internal bool SaysTargetRevision { get; init; }

    /// <summary>The repository and the revision, for listings.</summary>
    public override string ToString() => $"{RepositoryUrl ?? "(no repoURL)"} at {TargetRevision}";
}
