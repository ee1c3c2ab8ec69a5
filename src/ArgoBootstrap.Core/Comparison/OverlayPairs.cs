using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Says which overlays are compared with which.</summary>
public static class OverlayPairs
{
    /// <summary>Pairs what two paths mean. One overlay each: those two. Folders above overlays: those that lie at the same place below them.</summary>
    /// <param name="before">Absolute path of the first overlay, or of a folder above overlays.</param>
    /// <param name="after">Absolute path of the second, likewise.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="GitOpsException">A path has no overlay, or one is an overlay and the other a folder above overlays.</exception>
    public static IReadOnlyList<OverlayPair> OfPaths(string before, string after, CancellationToken cancellationToken = default)
    {
        before = Path.TrimEndingDirectorySeparator(Path.GetFullPath(before));
        after = Path.TrimEndingDirectorySeparator(Path.GetFullPath(after));
        OverlayDiscovery discovery = new();
        IReadOnlyList<OverlayTarget> left = discovery.Find(before, cancellationToken);
        IReadOnlyList<OverlayTarget> right = discovery.Find(after, cancellationToken);
        if (IsOverlay(left, before) != IsOverlay(right, after))
        {
            string overlay = IsOverlay(left, before) ? before : after;
            throw new GitOpsException(
                GitOpsErrorIds.NotComparable,
                $"'{overlay}' is an overlay, and '{(overlay == before ? after : before)}' a folder above overlays.",
                "Name two overlays, or two folders above overlays.",
                overlay);
        }

        return IsOverlay(left, before)
            ? [new OverlayPair(left[0], right[0])]
            : Join(left, right, target => Path.GetRelativePath(before, target.Path), target => Path.GetRelativePath(after, target.Path));
    }

    /// <summary>Pairs overlays that are the same ones at two times, wherever their files are.</summary>
    /// <param name="before">The overlays at the first time.</param>
    /// <param name="after">The overlays at the second time.</param>
    /// <returns>By the order of the second; then those that are gone.</returns>
    public static IReadOnlyList<OverlayPair> OfTimes(IReadOnlyList<OverlayTarget> before, IReadOnlyList<OverlayTarget> after) =>
        Join(before, after, target => target.RelativePath, target => target.RelativePath);

    private static bool IsOverlay(IReadOnlyList<OverlayTarget> targets, string path) =>
        targets is [{ } only] && (only.Path == path || Path.GetDirectoryName(path) == only.Path);

    private static List<OverlayPair> Join(IReadOnlyList<OverlayTarget> before, IReadOnlyList<OverlayTarget> after, Func<OverlayTarget, string> keyBefore, Func<OverlayTarget, string> keyAfter)
    {
        Dictionary<string, OverlayTarget> left = before.ToDictionary(keyBefore, StringComparer.Ordinal);
        HashSet<string> right = [.. after.Select(keyAfter)];
        return
        [
            .. after.Select(target => new OverlayPair(left.GetValueOrDefault(keyAfter(target)), target)),
            .. before.Where(target => !right.Contains(keyBefore(target))).Select(target => new OverlayPair(target, null)),
        ];
    }
}
