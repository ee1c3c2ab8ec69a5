using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Entries that name a kustomization file where the folder that holds it is wanted.</summary>
internal static class KustomizationFiles
{
    /// <summary>Whether a path names a file by one of the names that kustomization files have.</summary>
    /// <param name="path">The path as written.</param>
    public static bool Names(string path) =>
        !path.Contains("://", StringComparison.Ordinal) && KustomizationFields.FileNames.Contains(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>The error for such an entry.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="field">The list that it stands in.</param>
    public static KustomizeException Named(Located<string> path, string field) => new(
        DiagnosticIds.WrongType, $"'{path.Value}' is a kustomization file, but '{field}' names the folder of a kustomization.", path.Position, Remedy(path.Value));

    /// <summary>The warning for such an entry that can be read as an object all the same.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="field">The list that it stands in.</param>
    public static Diagnostic TakenAsObject(Located<string> path, string field) => new(
        DiagnosticIds.WrongType, DiagnosticSeverity.Warning, $"'{path.Value}', named under '{field}', is taken as an object, and not built as a kustomization.", path.Position,
        $"To build it: {Remedy(path.Value)}");

    private static string Remedy(string path)
    {
        string folder = path[..Math.Max(0, path.LastIndexOf('/'))];
        return folder is "" or "." ? "Remove the entry: a kustomization does not name itself." : $"Write '{folder}'.";
    }
}
