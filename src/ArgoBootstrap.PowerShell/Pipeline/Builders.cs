using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Keeps builders between commands, so that the second command finds files parsed and shared layers built. Builders see
/// edited files, and bound what they keep.
/// </summary>
internal static class Builders
{
    private static readonly ConcurrentDictionary<KustomizeOptions, KustomizeBuilder> ByOptions = new();

    /// <summary>The builder for options.</summary>
    /// <param name="options">How overlays are built.</param>
    public static KustomizeBuilder For(KustomizeOptions options) => ByOptions.GetOrAdd(options, _ => new KustomizeBuilder(options));
}
