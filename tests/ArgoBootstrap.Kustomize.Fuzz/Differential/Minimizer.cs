using System.Text;
using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>Makes a tree smaller as long as it shows the same thing: without files, without lines.</summary>
/// <param name="shows">Whether a tree shows it.</param>
internal sealed class Minimizer(Func<FileTree, bool> shows)
{
    private const int MostAttempts = 250;
    private int _attempts;

    /// <summary>A small tree that shows the same.</summary>
    public FileTree Reduce(FileTree tree)
    {
        for (bool smaller = true; smaller && _attempts < MostAttempts;)
        {
            smaller = false;
            foreach (string path in tree.Files.Keys.ToArray())
            {
                FileTree without = tree.Copy();
                without.Files.Remove(path);
                if (Try(without))
                {
                    tree = without;
                    smaller = true;
                    continue;
                }
                FileTree reduced = ReduceLines(tree, path);
                smaller |= !ReferenceEquals(reduced, tree);
                tree = reduced;
            }
        }
        return tree;
    }

    private FileTree ReduceLines(FileTree tree, string path)
    {
        string[] lines = Encoding.UTF8.GetString(tree.Files[path]).Split('\n');
        if (!Encoding.UTF8.GetBytes(string.Join('\n', lines)).AsSpan().SequenceEqual(tree.Files[path]))
        {
            return tree;
        }
        for (int size = Math.Max(1, lines.Length / 2); size >= 1; size /= 2)
        {
            for (int at = lines.Length - size; at >= 0 && _attempts < MostAttempts; at -= size)
            {
                string[] fewer = [.. lines[..at], .. lines[(at + size)..]];
                FileTree candidate = tree.Copy();
                candidate.Add(path, string.Join('\n', fewer));
                if (Try(candidate))
                {
                    tree = candidate;
                    lines = fewer;
                    at = Math.Min(at, lines.Length);
                }
            }
        }
        return tree;
    }

    private bool Try(FileTree tree) => _attempts++ < MostAttempts && shows(tree);
}
