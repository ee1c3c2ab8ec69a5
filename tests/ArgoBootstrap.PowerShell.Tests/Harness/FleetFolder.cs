using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A copy of the example repository under apps/ that a test may change, with a session that starts in it.</summary>
internal sealed class FleetFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FleetFolder()
    {
        string source = RepositoryRoot.Combine("apps");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            _folder.Write("apps/" + System.IO.Path.GetRelativePath(source, file).Replace('\\', '/'), File.ReadAllText(file));
        }

        Session = new ModuleRunspace(_folder.Path);
    }

    public string Path => _folder.Path;

    public ModuleRunspace Session { get; }

    public string Combine(string relativePath) => _folder.Combine(relativePath);

    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    /// <summary>Writes a file that holds secrets.</summary>
    public string WriteSecret(string relativePath, string text)
    {
        SecretScan.IsInput(Combine(relativePath));
        return Write(relativePath, text);
    }

    /// <summary>Relative paths and texts of all files.</summary>
    public Dictionary<string, string> Files() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .ToDictionary(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'), File.ReadAllText);

    public void Dispose()
    {
        Session.Dispose();
        SecretScan.CollectFolder(Path);
        _folder.Dispose();
    }
}
