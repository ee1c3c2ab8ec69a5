using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Says which overlays are compared with which.</summary>
public static class OverlayPairs
{
    /// <summary>Pairs what two paths mean: overlays that lie at the same place in them. Two overlays are a pair whatever they are called.</summary>
    /// <param name="before">Absolute path of the first overlay, or of a folder above overlays.</param>
    /// <param name="after">Absolute path of the second, likewise.</param>
    /// <param name="options">How overlays are searched for; everything when null.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="OperationException">A path has no overlay, or one is an overlay and the other a folder above overlays.</exception>
    public static IReadOnlyList<OverlayPair> OfPaths(string before, string after, OverlayDiscoveryOptions? options = null, CancellationToken cancellationToken = default)
    {
        before = Path.TrimEndingDirectorySeparator(Path.GetFullPath(before));
        after = Path.TrimEndingDirectorySeparator(Path.GetFullPath(after));
        OverlayDiscovery discovery = new(options);
        IReadOnlyList<OverlayTarget> left = discovery.Find(before, cancellationToken);
        IReadOnlyList<OverlayTarget> right = discovery.Find(after, cancellationToken);
        if (IsOverlay(left, before) != IsOverlay(right, after))
        {
            string overlay = IsOverlay(left, before) ? before : after;
            throw new OperationException(
                ErrorIds.NotComparable,
                $"'{overlay}' is an overlay, and '{(overlay == before ? after : before)}' a folder above overlays.",
                "Name two overlays, or two folders above overlays.",
                overlay);
        }

        return Join(left, right, target => Path.GetRelativePath(FolderOf(before), target.Path), target => Path.GetRelativePath(FolderOf(after), target.Path));
    }

    /// <summary>Pairs overlays that are the same ones at two times, wherever their files are.</summary>
    /// <param name="before">The overlays at the first time.</param>
    /// <param name="after">The overlays at the second time.</param>
    /// <param name="locateBefore">Finds, at the first time, an overlay of the second that others built on then; null where there is no need.</param>
    /// <param name="locateAfter">Finds, at the second time, an overlay of the first that others build on now; null where there is no need.</param>
    /// <returns>By the order of the second; then those that are gone.</returns>
    public static IReadOnlyList<OverlayPair> OfTimes(
        IReadOnlyList<OverlayTarget> before,
        IReadOnlyList<OverlayTarget> after,
        Func<OverlayTarget, OverlayTarget?>? locateBefore = null,
        Func<OverlayTarget, OverlayTarget?>? locateAfter = null) =>
        [.. Join(before, after, target => target.RelativePath, target => target.RelativePath)
            .Select(pair => pair switch
            {
                { Before: null, After: { } only } => pair with { Before = locateBefore?.Invoke(only) },
                { Before: { } only, After: null } => pair with { After = locateAfter?.Invoke(only) },
                _ => pair,
            })];

    private static bool IsOverlay(IReadOnlyList<OverlayTarget> targets, string path) => targets.Any(target => target.Path == FolderOf(path));

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? path;

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
