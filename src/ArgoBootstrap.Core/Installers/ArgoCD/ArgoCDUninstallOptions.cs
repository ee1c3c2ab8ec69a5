using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>What is removed together with Argo CD. Git is never touched.</summary>
public sealed record ArgoCDUninstallOptions
{
    /// <summary>Where it runs.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>Also deletes the Applications and all that they deployed, while Argo CD still runs to do it. Otherwise both stay.</summary>
    public bool IncludeApplications { get; init; }

    /// <summary>Also deletes the CustomResourceDefinitions, and with them every Application, ApplicationSet and AppProject; what they deployed stays.</summary>
    public bool IncludeDefinitions { get; init; }

    /// <summary>Also deletes the namespace, with the Secrets of repositories and clusters in it.</summary>
    public bool IncludeNamespace { get; init; }

    /// <summary>Asks the server what it would do, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long to wait for what is deleted.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What became of an uninstallation.</summary>
/// <param name="Installation">What was removed.</param>
/// <param name="Released">Applications and the like whose Argo CD finalizers were taken away, so that nothing waits for a controller that is gone.</param>
/// <param name="Deleted">What became of each object that was to be deleted.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ArgoCDUninstallResult(ArgoCDInstallation Installation, IReadOnlyList<ObjectReference> Released, IReadOnlyList<ObjectDeleteResult> Deleted, TimeSpan Duration)
{
    /// <summary>Whether everything is gone that was to go.</summary>
    public bool Succeeded => Deleted.All(d => d.Action is DeleteAction.Deleted or DeleteAction.NotFound);

    /// <summary>Whether anything was changed; in a dry run, whether anything would be.</summary>
    public bool Changed => Released.Count > 0 || Deleted.Any(d => d.IsChange);

    /// <summary>The namespace that it was removed from.</summary>
    public string Namespace => Installation.Namespace;

    /// <summary>The version that was removed; empty where its image names none.</summary>
    public string Version => Installation.Version;

    /// <summary>What had installed it.</summary>
    public string InstalledBy => Installation.InstalledBy;

    /// <summary>How many objects were deleted.</summary>
    public int DeletedCount => Deleted.Count(d => d.Action == DeleteAction.Deleted);

    /// <summary>How many Applications and the like had their finalizers taken away.</summary>
    public int ReleasedCount => Released.Count;
}
