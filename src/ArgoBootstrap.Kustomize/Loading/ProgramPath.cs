using System.Runtime.Versioning;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// Finds programs as a shell does: a name in the folders of the PATH and nowhere else. Left to itself, .NET prefers a file of
/// that name in the current folder, which may be a repository that somebody else wrote.
/// </summary>
public static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The file behind a command.</summary>
    /// <param name="command">A name, or a path (with a separator), which starts from the <see cref="WorkingFolder"/>.</param>
    /// <returns>An absolute path, whether there is such a file or not; <see langword="null"/> for a name that no folder of the PATH has.</returns>
    public static string? Find(string command)
    {
        if (command.AsSpan().ContainsAny('/', '\\'))
        {
            return WorkingFolder.Resolve(command);
        }
        string file = OperatingSystem.IsWindows() && !Path.HasExtension(command) ? command + ".exe" : command;
        string folders = Environment.GetEnvironmentVariable("PATH") ?? "";
        return folders.Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(CanStart);
    }

    private static bool CanStart(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || IsExecutable(path));

    [UnsupportedOSPlatform("windows")]
    private static bool IsExecutable(string path) => (File.GetUnixFileMode(path) & Executable) != 0;
}
