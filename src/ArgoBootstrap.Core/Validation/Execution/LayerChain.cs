using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>Finds the layers between an overlay and a file that it is made of.</summary>
internal static class LayerChain
{
    /// <summary>The kustomization files that lead from an overlay to a file.</summary>
    /// <param name="overlay">The absolute path of the overlay's folder.</param>
    /// <param name="file">The absolute path of the file.</param>
    /// <returns>
    /// Absolute paths, the overlay's own first; the shortest way to the innermost layer around the file. The overlay's alone
    /// where the file is in none of its layers.
    /// </returns>
    public static IReadOnlyList<string> To(string overlay, string file)
    {
        if (KustomizationOutline.Read(overlay) is not { } own)
        {
            return [];
        }

        Queue<(string Folder, KustomizationOutline Outline, string[] Chain)> open = new([(overlay, own, [own.File])]);
        HashSet<string> seen = new(StringComparer.Ordinal) { overlay };
        (int Length, string[] Chain) best = (0, [own.File]);
        while (open.TryDequeue(out (string Folder, KustomizationOutline Outline, string[] Chain) layer))
        {
            if (layer.Folder.Length > best.Length && file.StartsWith(layer.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                best = (layer.Folder.Length, layer.Chain);
            }

            foreach (string folder in layer.Outline.Folders)
            {
                if (seen.Add(folder) && KustomizationOutline.Read(folder) is { } outline)
                {
                    open.Enqueue((folder, outline, [.. layer.Chain, outline.File]));
                }
            }
        }

        return best.Chain;
    }
}
