namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// The folder that relative paths count from, those of environment variables included, and in which programs start. A host whose
/// user moves about without the process doing so (PowerShell's location) enters the user's folder; otherwise it is the process's.
/// </summary>
public static class WorkingFolder
{
    // Follows the work onto other threads; sessions that run side by side do not see each other's.
    private static readonly AsyncLocal<string?> Entered = new();

    /// <summary>Absolute path of the folder.</summary>
    public static string Current => Entered.Value ?? Environment.CurrentDirectory;

    /// <summary>The absolute path behind a path.</summary>
    /// <param name="path">Absolute, or relative to the folder.</param>
    public static string Resolve(string path) => Path.GetFullPath(path, Current);

    /// <summary>Makes another folder the current one.</summary>
    /// <param name="folder">Its absolute path; null or empty leaves everything as it is.</param>
    /// <returns>Restores the folder from before when it is disposed of.</returns>
    public static IDisposable Enter(string? folder)
    {
        var before = new Restoration(Entered.Value);
        if (!string.IsNullOrEmpty(folder))
        {
            Entered.Value = folder;
        }
        return before;
    }

    /// <summary>Where a program starts for which no folder is named: empty, which is the process's own, where the folder is not there.</summary>
    public static string ForProgram(string? named) =>
        !string.IsNullOrEmpty(named) ? named : Entered.Value is { } folder && Directory.Exists(folder) ? folder : "";

    private sealed class Restoration(string? folder) : IDisposable
    {
        public void Dispose() => Entered.Value = folder;
    }
}
