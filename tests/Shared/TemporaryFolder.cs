namespace ArgoBootstrap.Tests;

/// <summary>A folder that a test fills and that goes with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("argobootstrap-test-").FullName;

    /// <summary>Writes a file, with the folders that lead to it.</summary>
    /// <param name="relativePath">Its path, with forward slashes.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Its absolute path.</returns>
    public string Write(string relativePath, string text)
    {
        string path = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a folder.</summary>
    /// <param name="relativePath">Its path, with forward slashes.</param>
    /// <returns>Its absolute path.</returns>
    public string CreateFolder(string relativePath) => Directory.CreateDirectory(Combine(relativePath)).FullName;

    public string Combine(string relativePath) => System.IO.Path.Combine([Path, .. relativePath.Split('/')]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
