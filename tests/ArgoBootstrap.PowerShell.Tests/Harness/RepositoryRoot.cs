namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Where this repository is: the folder above the test's output that holds the module's manifest.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Manifest { get; } = Combine("ArgoBootstrap.psd1");

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ArgoBootstrap.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds ArgoBootstrap.psd1.");
    }
}
