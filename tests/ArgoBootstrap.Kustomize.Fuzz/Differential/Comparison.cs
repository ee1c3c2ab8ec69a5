using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>What the engine and the real kustomize make of the same tree.</summary>
/// <param name="Ours">The engine's outcome.</param>
/// <param name="Theirs">The real one's.</param>
internal sealed record Comparison(Outcome Ours, Outcome Theirs)
{
    /// <summary>Both build the tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="reference">The real kustomize.</param>
    /// <param name="folder">A folder to write it to, which is emptied.</param>
    public static Comparison Of(FileTree tree, Reference reference, string folder)
    {
        tree.WriteTo(folder);
        return new Comparison(Outcome.Ours(tree, folder), reference.Build(Path.Join(folder, tree.Root), tree.Flags));
    }

    /// <summary>Whether both print the same, or both refuse, or the difference is meant.</summary>
    public bool Agrees => Difference == "" || DeliberateDifferences.Covers(this);

    /// <summary>In what way they differ; empty when they do not.</summary>
    public string Difference =>
        Ours.Text.StartsWith("CRASH", StringComparison.Ordinal) ? "crash"
        : Ours.Succeeded != Theirs.Succeeded ? Ours.Succeeded ? "only kustomize refuses" : "only the engine refuses"
        : Ours.Succeeded && Ours.Text != Theirs.Text ? "output" : "";

    /// <summary>What tells this difference from others, roughly: so that a smaller tree is known to show the same one.</summary>
    public string Signature => Difference switch
    {
        "only kustomize refuses" => "refusal " + Coarse(Theirs.Text),
        "only the engine refuses" => "own refusal " + Coarse(Ours.Text),
        "crash" => "crash " + Ours.Text.Split('\n')[0],
        string other => other,
    };

    /// <summary>Why kustomize refuses, roughly.</summary>
    public string Reason => Coarse(Theirs.Text);

    // Names, numbers and paths differ between trees that show the same thing.
    private static string Coarse(string text)
    {
        string line = text.Split('\n')[0];
        int from = line.LastIndexOf(": ", StringComparison.Ordinal);
        string end = from > 0 && line.Length - from > 20 ? line[from..] : line[Math.Max(0, line.Length - 60)..];
        return new string([.. end.Where(c => char.IsAsciiLetter(c) || c == ' ')]);
    }
}
