namespace ArgoBootstrap.Tests;

/// <summary>Where the tests find the repository, and what may lie beside it. Part of every test project.</summary>
internal static partial class RepositoryFiles
{
    /// <summary>Absolute path of the repository: the folder above the tests' output that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a file or folder of the repository.</summary>
    /// <param name="path">Path relative to the repository, with forward slashes.</param>
    public static string Combine(string path) => Path.GetFullPath(Path.Join(Root, path));

    /// <summary>Absolute path of something in the folder of shared material beside the repository, or null when it is not there.</summary>
    /// <param name="path">Path relative to that folder, with forward slashes.</param>
    public static string? Shared(string path)
    {
        string full = Path.GetFullPath(Path.Join(Root, "..", "shared", path));
        return Path.Exists(full) ? full : null;
    }

    // Not from the paths that the compiler records: a build for continuous integration replaces them.
    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "ArgoBootstrap.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ArgoBootstrap.slnx.");
    }
}
