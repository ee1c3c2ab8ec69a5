namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>File paths in fields of objects, taken apart and put together as kustomize does it, whatever the machine.</summary>
internal static class PathParts
{
    /// <summary>Puts a part into a path. An absolute path stays absolute.</summary>
    /// <param name="path">The path.</param>
    /// <param name="position">How many parts stand before the new one; beyond the end it goes last.</param>
    /// <param name="part">The new part.</param>
    public static string Insert(string path, int position, string part)
    {
        List<string> parts = Split(path);
        position = Math.Min(position, parts.Count);
        if (parts.Count > 0 && parts[0].Length == 0 && position < parts.Count)
        {
            position++;
        }
        parts.Insert(position, part);
        return parts[0].Length == 0 ? "/" + Join(parts.Skip(1)) : Join(parts);
    }

    // An absolute path begins with an empty part.
    private static List<string> Split(string path)
    {
        if (path.Length == 0)
        {
            return [];
        }
        int slash = path.LastIndexOf('/');
        string last = path[(slash + 1)..];
        if (slash == 0)
        {
            return last.Length == 0 ? [""] : ["", last];
        }
        return slash < 0 ? [last] : [.. Split(path[..slash]), last];
    }

    // Go: filepath.Join, which resolves . and .. as well.
    private static string Join(IEnumerable<string> parts)
    {
        string[] all = [.. string.Join('/', parts.Where(p => p.Length > 0)).Split('/')];
        bool isAbsolute = all.Length > 1 && all[0].Length == 0;
        var kept = new List<string>();
        foreach (string part in all)
        {
            if (part == ".." && kept.Count > 0 && kept[^1] != "..")
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else if (part is not ("" or ".") && !(part == ".." && isAbsolute))
            {
                kept.Add(part);
            }
        }
        string joined = string.Join('/', kept);
        return isAbsolute ? "/" + joined : joined.Length > 0 || parts.All(p => p.Length == 0) ? joined : ".";
    }
}
