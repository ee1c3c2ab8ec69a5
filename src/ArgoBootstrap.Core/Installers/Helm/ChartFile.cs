using System.Formats.Tar;
using System.IO.Compression;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Reads what a chart on this machine says about itself: its <c>Chart.yaml</c>, in a folder, or in an archive one folder down (Helm, "Charts").</summary>
internal static class ChartFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>The version of a chart; null when there is no chart at a path, or it does not say.</summary>
    /// <param name="path">Its folder or archive.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: it cannot be read.</exception>
    public static string? VersionOf(string path)
    {
        try
        {
            string? text = Directory.Exists(path) ? TextOf(Path.Combine(path, ChartMetadata.FileName)) : File.Exists(path) ? PackedText(path) : null;
            return text is null ? null : VersionIn(text, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new OperationException(ErrorIds.ChartNotDescribed, $"The chart {path} cannot be read: {e.Message}", "Name the folder of a chart, or an archive as 'helm pull' or 'helm package' make it.");
        }
    }

    /// <summary>The version that the text of a <c>Chart.yaml</c> or of <c>helm show chart</c> names; null when it names none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: it is not such a text.</exception>
    public static string? VersionIn(string text, string source) => ChartMetadata.Read(text, source).Version is { Length: > 0 } version ? version : null;

    private static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    private static string? PackedText(string archive)
    {
        using FileStream file = File.OpenRead(archive);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            string[] parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 2 && parts[1] == ChartMetadata.FileName && entry.DataStream is { Length: < LargestFile } data)
            {
                using var reader = new StreamReader(data);
                return reader.ReadToEnd();
            }
        }
        return null;
    }
}
