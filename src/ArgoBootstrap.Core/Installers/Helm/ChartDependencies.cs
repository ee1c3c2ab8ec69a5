using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Finds charts that the folder of a chart names as dependencies and does not hold. helm refuses such a chart, whatever its values say.</summary>
internal static class ChartDependencies
{
    /// <summary>Refuses a chart without its dependencies.</summary>
    /// <param name="chart">The chart's folder; anything else is passed over.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: some are missing.</exception>
    public static void Require(string chart)
    {
        string file = Path.Combine(chart, ChartMetadata.FileName);
        if (!File.Exists(file))
        {
            return;
        }
        string[] missing = [.. Names(file).Except(Present(Path.Combine(chart, "charts")), StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new OperationException(
                ErrorIds.ChartNotDescribed,
                $"The chart {chart} lacks {(missing.Length == 1 ? "a chart that it depends on" : "charts that it depends on")}: {string.Join(", ", missing)}.",
                $"Fetch them with 'helm dependency build {chart}', or name an archive of the whole chart.");
        }
    }

    private static IEnumerable<string> Names(string file) =>
        Read(file)?.Dependencies?.Select(d => d.Name ?? "").Where(n => n.Length > 0) ?? [];

    /// <summary>The names of charts in a folder, unpacked or packed (NAME-VERSION.tgz).</summary>
    private static IEnumerable<string> Present(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }
        IEnumerable<string> unpacked = Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, ChartMetadata.FileName)).Where(File.Exists).Select(f => Read(f)?.Name ?? "");
        IEnumerable<string> packed = Directory.EnumerateFiles(folder, "*.tgz").SelectMany(f => Prefixes(Path.GetFileNameWithoutExtension(f)));
        return unpacked.Concat(packed);
    }

    // Names hold hyphens too, so that where the version begins is not known: each beginning may be the name.
    private static IEnumerable<string> Prefixes(string name) => Enumerable.Range(0, name.Length).Where(i => name[i] == '-').Select(i => name[..i]);

    private static ChartMetadata? Read(string file)
    {
        try
        {
            return ChartMetadata.Read(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is OperationException or IOException or UnauthorizedAccessException)
        {
            // helm says what is wrong with it.
            return null;
        }
    }
}
