using System.Text.RegularExpressions;
using ArgoBootstrap.Clusters.Access;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Reads who owns what from the answer to a server-side apply that conflicts.</summary>
internal static partial class ConflictReader
{
    public static IReadOnlyList<FieldConflict> Read(ApiStatus status) =>
    [
        .. status.Causes
            .Where(c => c.Reason == "FieldManagerConflict")
            .Select(c => new FieldConflict(c.Field, Manager().Match(c.Message) is { Success: true } match ? match.Groups[1].Value : c.Message)),
    ];

    // conflict with "kubectl" using apps/v1 at 2026-01-01T00:00:00Z; the server names a subresource after the manager.
    [GeneratedRegex("conflict with \"((?:[^\"\\\\]|\\\\.)+)\"")]
    private static partial Regex Manager();
}
