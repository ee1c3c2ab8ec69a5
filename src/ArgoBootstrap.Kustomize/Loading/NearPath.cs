using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Finds the path that somebody probably meant, folder by folder.</summary>
/// <param name="files">The files.</param>
/// <param name="root">Real path of the folder that paths begin at.</param>
/// <param name="boundary">The folder that is not left; null for none.</param>
internal sealed class NearPath(IFileSystem files, string root, string? boundary)
{
    private const int MaximumDepth = 4;
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Whether a path leads to a file or folder.</summary>
    /// <param name="path">The path as written.</param>
    public bool Exists(string path)
    {
        string full = Path.GetFullPath(path, root);
        return IsWithin(full) && (files.FileExists(full) || files.DirectoryExists(full));
    }

    /// <summary>Names of what a folder holds; none beyond the boundary.</summary>
    /// <param name="folder">Absolute path.</param>
    public IReadOnlyList<string> Names(string folder) => IsWithin(folder) ? files.ListNames(folder) : [];

    /// <summary>The path that was probably meant, written as the given one is; null for none.</summary>
    /// <param name="written">A path that leads to nothing.</param>
    public string? Find(string written) => Corrected(written) ?? AtAnotherDepth(written);

    /// <summary>The first folder on the way that is not there, as it would be written; null when only the last part is missing.</summary>
    /// <param name="written">A path that leads to nothing.</param>
    public string? MissingFolder(string written)
    {
        string[] parts = written.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i < parts.Length; i++)
        {
            string folder = string.Join('/', parts[..i]);
            if (!files.DirectoryExists(Path.GetFullPath(folder, root)))
            {
                return folder;
            }
        }
        return null;
    }

    private bool IsWithin(string full) => boundary is null || FileGate.IsInside(boundary, full);

    private string? Corrected(string written)
    {
        string[] parts = written.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string folder = root;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            string next = Path.GetFullPath(Path.Join(folder, parts[i]));
            if (parts[i] is not ("." or "..") && !files.DirectoryExists(next) && !(isLast && files.FileExists(next)))
            {
                if (Nearest(folder, parts[i], isLast) is not string name)
                {
                    return null;
                }
                parts[i] = name;
                next = Path.Join(folder, name);
            }
            folder = next;
        }
        string path = string.Join('/', parts) + (written.EndsWith('/') && files.DirectoryExists(folder) ? "/" : "");
        return path == written ? null : path;
    }

    private string? Nearest(string folder, string name, bool isLast)
    {
        string[] names = [.. Names(folder).Where(n => isLast ? !IsItself(folder, n) : files.DirectoryExists(Path.Join(folder, n)))];
        return Array.Find(Extensions, e => names.Contains(name + e)) is string extension ? name + extension : NameSuggestion.Nearest(name, names);
    }

    /// <summary>A kustomization does not name itself.</summary>
    private bool IsItself(string folder, string name) => folder == root && KustomizationFields.FileNames.Contains(name);

    /// <summary>The same path with fewer or more steps upwards: where that number is wrong, the rest is right.</summary>
    private string? AtAnotherDepth(string written)
    {
        string rest = written;
        while (rest.StartsWith("../", StringComparison.Ordinal) || rest.StartsWith("./", StringComparison.Ordinal))
        {
            rest = rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..];
        }
        if (rest.Trim('/', '.').Length == 0)
        {
            return null;
        }
        string path = rest;
        for (int depth = 0; depth <= MaximumDepth; depth++)
        {
            // A folder above this one cannot be built from here.
            if (path != written && Exists(path) && !FileGate.IsInside(Path.GetFullPath(path, root).TrimEnd('/', '\\'), root))
            {
                return path;
            }
            path = "../" + path;
        }
        return null;
    }
}
