using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Tells the kustomizations that are built by themselves from those that others build on.</summary>
internal static class EntryPoints
{
    /// <summary>The kustomizations that no other one names.</summary>
    /// <param name="top">The absolute path of the folder that was searched.</param>
    /// <param name="roots">Absolute paths of folders at or below it that hold a kustomization file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>
    /// The entry points in the order given, and how many Components there are: those are built as part of others only. Of
    /// kustomizations that only name each other, one is an entry point: building it reports the cycle.
    /// </returns>
    public static (IReadOnlyList<string> Folders, int Components) Among(string top, IReadOnlyList<string> roots, CancellationToken cancellationToken)
    {
        Dictionary<string, KustomizationOutline> outlines = new(StringComparer.Ordinal);
        foreach (string root in roots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outlines[root] = KustomizationOutline.Read(root) ?? new KustomizationOutline(root, false, []);
        }

        LinkedPlaces places = new(top, outlines);
        Dictionary<string, string[]> references = outlines.ToDictionary(
            outline => outline.Key,
            // One that names itself is an entry point all the same.
            outline => outline.Value.Folders.Select(places.Find).OfType<string>().Where(folder => folder != outline.Key).ToArray(),
            StringComparer.Ordinal);
        HashSet<string> named = [.. references.Values.SelectMany(folders => folders)];
        HashSet<string> reached = new(StringComparer.Ordinal);
        HashSet<string> entries = new(StringComparer.Ordinal);
        foreach (string root in roots.Where(root => !named.Contains(root)).Concat(roots.Where(named.Contains)))
        {
            if (reached.Contains(root))
            {
                continue;
            }

            if (!outlines[root].IsComponent)
            {
                entries.Add(root);
            }

            Reach(root, references, reached);
        }

        return ([.. roots.Where(entries.Contains)], outlines.Values.Count(outline => outline.IsComponent));
    }

    private static void Reach(string root, Dictionary<string, string[]> references, HashSet<string> reached)
    {
        Stack<string> open = new([root]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string folder in references[next])
                {
                    open.Push(folder);
                }
            }
        }
    }

    /// <summary>Finds the folder that was searched behind a path that may lead through links.</summary>
    private sealed class LinkedPlaces(string top, Dictionary<string, KustomizationOutline> outlines)
    {
        private readonly Lazy<string> _realTop = new(() => Real(top) ?? top);
        private readonly Lazy<Dictionary<string, string>> _real = new(() => ByRealPath(outlines.Keys));

        public string? Find(string folder)
        {
            if (outlines.ContainsKey(folder))
            {
                return folder;
            }

            if (Real(folder) is not { } real)
            {
                return null;
            }

            string below = Path.GetRelativePath(_realTop.Value, real);
            string place = below == "." ? top : Path.Combine(top, below);
            return outlines.ContainsKey(place) ? place : _real.Value.GetValueOrDefault(real);
        }

        private static Dictionary<string, string> ByRealPath(IEnumerable<string> folders)
        {
            Dictionary<string, string> real = new(StringComparer.Ordinal);
            foreach (string folder in folders)
            {
                real.TryAdd(Real(folder) ?? folder, folder);
            }

            return real;
        }

        private static string? Real(string path)
        {
            try
            {
                return PhysicalFileSystem.Instance.ResolveLinks(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
