using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Says what to do about a folder without a kustomization file, after what is in it.</summary>
internal static class MissingKustomization
{
    private const int MaximumListed = 10;

    /// <summary>The remedy.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">Real path of the folder.</param>
    public static string Remedy(IFileSystem files, string folder)
    {
        string[] names = [.. files.ListNames(folder).Order(StringComparer.Ordinal)];
        string[] inFolder = [.. names.Where(n => files.FileExists(Path.Join(folder, n)))];
        if (Array.Find(inFolder, n => NameSuggestion.Nearest(n, KustomizationFields.FileNames) is not null) is string similar)
        {
            return $"Rename '{similar}' to kustomization.yaml.";
        }
        if (inFolder.Contains("Chart.yaml"))
        {
            return "The folder is a Helm chart: name it under 'helmCharts' of a kustomization.";
        }
        string[] below = [.. names.Where(n => KustomizationFields.FileNames.Any(k => files.FileExists(Path.Join(folder, n, k))))];
        if (below.Length > 0)
        {
            return $"Add a kustomization.yaml to it, or name a folder in it that has one: {Listed(below.Select(n => $"'{n}'"))}.";
        }
        string[] manifests = [.. inFolder.Where(n => n.EndsWith(".yaml", StringComparison.Ordinal) || n.EndsWith(".yml", StringComparison.Ordinal))];
        return manifests.Length is > 0 and <= MaximumListed
            ? $"Add a kustomization.yaml to it, with `resources: [{string.Join(", ", manifests)}]`, or correct the path."
            : "Add a kustomization.yaml to it, or correct the path.";
    }

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(MaximumListed)) + (all.Length > MaximumListed ? $" and {all.Length - MaximumListed} more" : "");
    }
}
