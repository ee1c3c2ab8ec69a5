namespace ArgoBootstrap.Benchmarks.Scenarios;

/// <summary>A temporary folder in which scenarios write their trees.</summary>
public sealed class ScenarioFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("argobootstrap-benchmark-");

    /// <summary>Absolute path.</summary>
    public string Path => _folder.FullName;

    /// <summary>Writes a file, with the folders above it.</summary>
    /// <returns>The folder that the file is in.</returns>
    public string Write(string path, string text)
    {
        string full = System.IO.Path.Join(Path, path);
        string folder = System.IO.Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(full, text);
        return folder;
    }

    /// <summary>Copies a tree below a name.</summary>
    public void Copy(string source, string name)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Join(Path, name, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
