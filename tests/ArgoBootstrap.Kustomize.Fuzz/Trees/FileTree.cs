using System.Text;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Files by their relative path, and the folder that is built.</summary>
internal sealed class FileTree
{
    /// <summary>The files.</summary>
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The folder that is built, relative.</summary>
    public string Root { get; set; } = "";

    /// <summary>Flags of the command.</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary>Adds a text file.</summary>
    public void Add(string path, string text) => Files[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>The same tree, to be changed.</summary>
    public FileTree Copy()
    {
        var copy = new FileTree { Root = Root, Flags = Flags };
        foreach ((string path, byte[] content) in Files)
        {
            copy.Files[path] = content;
        }
        return copy;
    }

    /// <summary>Writes the files to a folder, which is emptied first.</summary>
    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(Path.Join(folder, Root));
        foreach ((string path, byte[] content) in Files)
        {
            string full = Path.Join(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, content);
        }
    }

    /// <summary>The files in memory, below a folder.</summary>
    public InMemoryFileSystem InMemory(string folder)
    {
        var files = new InMemoryFileSystem();
        foreach ((string path, byte[] content) in Files)
        {
            files.Add(Path.Join(folder, path), content);
        }
        return files;
    }
}
