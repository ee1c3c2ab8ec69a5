using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>What a kustomization file says about its place among others, without building it.</summary>
/// <param name="File">The absolute path of the file.</param>
/// <param name="IsComponent">Whether its kind is Component.</param>
/// <param name="Folders">The absolute paths of the local folders that it builds on, in order.</param>
internal sealed record KustomizationOutline(string File, bool IsComponent, IReadOnlyList<string> Folders)
{
    private static readonly string[] References = ["resources", "bases", "components", "generators", "transformers", "validators"];

    /// <summary>Reads the kustomization file of a folder.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <returns>
    /// The outline, or <see langword="null"/> where there is no file. A file that cannot be read has an outline without
    /// folders: building it says what is wrong.
    /// </returns>
    public static KustomizationOutline? Read(string folder)
    {
        if (GitOpsLayout.FindKustomization(folder) is not { } file)
        {
            return null;
        }

        try
        {
            YamlNode? document = YamlReader.ReadAll(System.IO.File.ReadAllBytes(file), new SourceFile(file)).FirstOrDefault();
            return document is MappingNode mapping
                ? new KustomizationOutline(file, mapping["kind"] is ScalarNode { Value: "Component" }, [.. LocalFolders(mapping, folder)])
                : new KustomizationOutline(file, false, []);
        }
        catch (Exception exception) when (exception is KustomizeException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new KustomizationOutline(file, false, []);
        }
    }

    private static IEnumerable<string> LocalFolders(MappingNode kustomization, string folder)
    {
        foreach (string field in References)
        {
            if (kustomization[field] is not SequenceNode items)
            {
                continue;
            }

            foreach (ScalarNode item in items.Items.ToArray().OfType<ScalarNode>())
            {
                string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, item.Value)));
                if (Directory.Exists(path))
                {
                    yield return path;
                }
            }
        }
    }
}
