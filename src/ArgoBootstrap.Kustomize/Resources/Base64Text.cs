using System.Text;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Text that is encoded as the values of a Secret's <c>data</c> are.</summary>
internal static class Base64Text
{
    /// <summary>Decodes a text.</summary>
    /// <param name="base64">The text.</param>
    /// <returns>The text that it encodes; <see langword="null"/> where it is not base64.</returns>
    public static string? TryDecode(string base64)
    {
        Span<byte> bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]) : null;
    }
}
