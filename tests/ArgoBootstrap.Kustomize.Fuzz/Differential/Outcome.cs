using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Fuzz.Trees;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>What a build came to.</summary>
/// <param name="Succeeded">Whether there is output.</param>
/// <param name="Text">The output, or the message.</param>
internal sealed record Outcome(bool Succeeded, string Text)
{
    /// <summary>What the engine makes of a tree that lies in a folder.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="folder">The folder.</param>
    public static Outcome Ours(FileTree tree, string folder)
    {
        var options = new KustomizeOptions { Reorder = tree.Flags.Contains("none") ? Reorder.None : Reorder.Legacy };
        try
        {
            return new Outcome(true, new KustomizeBuilder(options).Build(Path.Join(folder, tree.Root)).ToYaml());
        }
        catch (KustomizeException e)
        {
            return new Outcome(false, string.Join('\n', e.Diagnostics));
        }
        catch (Exception e)
        {
            return new Outcome(false, $"CRASH {e}");
        }
    }
}
