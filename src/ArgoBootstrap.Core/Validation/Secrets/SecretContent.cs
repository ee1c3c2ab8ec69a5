using System.Text;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Looks into Secrets for values that are in Git as they are. Hands out keys and places, never values.</summary>
internal static class SecretContent
{
    private const string TypeLabel = "argocd.argoproj.io/secret-type";

    /// <summary>Whether an object is a Secret that is not encrypted by SOPS.</summary>
    public static bool IsSecret(Resource resource) => resource is { Kind: "Secret", ApiVersion: "v1" } && resource.Node["sops"] is null;

    /// <summary>
    /// What Argo CD takes a Secret for (<c>argocd.argoproj.io/secret-type</c>): <c>repository</c>, <c>repo-creds</c>,
    /// <c>cluster</c>..., or <see langword="null"/>.
    /// </summary>
    public static string? ArgoCDType(Resource secret) => secret.Node.Child("metadata").Child("labels").Scalar(TypeLabel)?.Value;

    /// <summary>The keys with a plain value, and where the values are written.</summary>
    public static IEnumerable<SecretKey> PlainValues(Resource secret)
    {
        foreach (MappingEntry entry in secret.Node.Child("data").Entries())
        {
            if (entry.Value is ScalarNode { IsNull: false } value && IsPlain(Decode(value.Value)))
            {
                yield return new SecretKey(entry.Key.Value, value.Position, Decode(value.Value));
            }
        }

        foreach (MappingEntry entry in secret.Node.Child("stringData").Entries())
        {
            if (entry.Value is ScalarNode { IsNull: false } value && IsPlain(value.Value))
            {
                yield return new SecretKey(entry.Key.Value, value.Position, value.Value);
            }
        }
    }

    /// <summary>
    /// Nothing, a reference of argocd-vault-plugin (<c>&lt;key&gt;</c>, <c>&lt;path:...&gt;</c>) and what SOPS encrypted are
    /// no plain values.
    /// </summary>
    private static bool IsPlain(string value)
    {
        string text = value.Trim();
        return text.Length > 0
            && !(text.StartsWith('<') && text.EndsWith('>'))
            && !text.StartsWith("ENC[", StringComparison.Ordinal);
    }

    private static string Decode(string base64)
    {
        Span<byte> bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]) : base64;
    }
}

/// <summary>A key of a Secret.</summary>
/// <param name="Key">The key.</param>
/// <param name="Position">Where its value is written.</param>
/// <param name="Value">The value, for rules that have to look into it; it belongs into no message.</param>
internal sealed record SecretKey(string Key, SourcePosition Position, string Value)
{
    /// <summary>The key alone.</summary>
    public override string ToString() => Key;
}
