namespace ArgoBootstrap.Shell;

/// <summary>Finds the module to import.</summary>
internal static class ModuleLocator
{
    private const string Manifest = "ArgoBootstrap.psd1";

    /// <summary>
    /// Looks beside the program, where the packed tool has the module, then upwards from there, where the build output
    /// lies inside of the repository.
    /// </summary>
    /// <returns>The path of the module's manifest.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, Manifest);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"{Manifest} is neither in {AppContext.BaseDirectory} nor in a folder above it.");
    }
}
