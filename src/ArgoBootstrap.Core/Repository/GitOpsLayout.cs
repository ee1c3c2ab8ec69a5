namespace ArgoBootstrap.Core.Repository;

/// <summary>Where things are in a GitOps repository: names that every part of the module agrees on.</summary>
public static class GitOpsLayout
{
    /// <summary>The folder of what the clusters themselves run on, relative to the repository's root.</summary>
    public const string SystemFolder = "apps/system";

    /// <summary>The folder of shared configuration, relative to <see cref="SystemFolder"/>.</summary>
    public const string BaseFolder = "base";

    /// <summary>The folder of reusable components, relative to <see cref="SystemFolder"/>.</summary>
    public const string ComponentsFolder = "components";

    /// <summary>The folder of environments and clusters, relative to <see cref="SystemFolder"/>.</summary>
    public const string OverlaysFolder = "overlays";

    /// <summary>The settings file, relative to <see cref="SystemFolder"/>; a repository without it works too.</summary>
    public const string SettingsFile = "argobootstrap.yaml";

    /// <summary>The application that every cluster has: its own Argo CD.</summary>
    public const string ArgoCDApplication = "argocd";

    /// <summary>The names of a kustomization file, in kustomize's order (<c>konfig.RecognizedKustomizationFileNames</c>).</summary>
    public static IReadOnlyList<string> KustomizationFiles { get; } = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>Whether a folder holds a kustomization file.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public static bool HasKustomization(string folder) => FindKustomization(folder) is not null;

    /// <summary>The kustomization file of a folder.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <returns>The path of the first kustomization file, or <see langword="null"/> where there is none.</returns>
    public static string? FindKustomization(string folder)
    {
        foreach (string name in KustomizationFiles)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
