using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Reads what an overlay's own file says about its identity, without rendering it.</summary>
internal static partial class OverlayIdentity
{
    /// <summary>The host that a kustomization file sets.</summary>
    /// <param name="folder">The overlay's folder.</param>
    /// <returns>
    /// The host, or <see langword="null"/> where the file sets none or cannot be read: telling that is what validation
    /// is for, a listing has to show the other overlays.
    /// </returns>
    public static string? ReadHost(string folder)
    {
        if (GitOpsLayout.FindKustomization(folder) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadLines(path).Select(line => HostLiteral().Match(line)).FirstOrDefault(match => match.Success)?.Groups["host"].Value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*-\s*["']?INGRESS_HOST=["']?(?<host>[^"'\s#]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex HostLiteral();
}
