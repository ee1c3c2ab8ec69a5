namespace ArgoBootstrap.Core.Repository;

/// <summary>Finds the kustomizations that stand on top of others, where no folder name tells them apart.</summary>
internal static class KustomizationTops
{
    /// <summary>The kustomizations that no other one builds on.</summary>
    /// <param name="roots">Absolute paths of folders with a kustomization file.</param>
    /// <returns>
    /// The tops in the order given, Components left out. Of kustomizations that only name each other, one is a top: building
    /// it reports the cycle.
    /// </returns>
    public static IReadOnlyList<string> Among(IReadOnlyList<string> roots)
    {
        Dictionary<string, KustomizationOutline> outlines = new(StringComparer.Ordinal);
        foreach (string root in roots)
        {
            outlines[root] = KustomizationOutline.Read(root) ?? new KustomizationOutline(root, false, []);
        }

        HashSet<string> named = [.. outlines.Values.SelectMany(outline => outline.Folders)];
        HashSet<string> reached = new(StringComparer.Ordinal);
        HashSet<string> tops = new(StringComparer.Ordinal);
        IEnumerable<string> candidates = roots.Where(root => !outlines[root].IsComponent);
        foreach (string root in candidates.Where(root => !named.Contains(root)).Concat(candidates.Where(named.Contains)))
        {
            if (reached.Contains(root))
            {
                continue;
            }

            tops.Add(root);
            Reach(root, outlines, reached);
        }

        return [.. roots.Where(tops.Contains)];
    }

    private static void Reach(string root, Dictionary<string, KustomizationOutline> outlines, HashSet<string> reached)
    {
        Stack<string> open = new([root]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next) && outlines.TryGetValue(next, out KustomizationOutline? outline))
            {
                foreach (string folder in outline.Folders)
                {
                    open.Push(folder);
                }
            }
        }
    }
}
