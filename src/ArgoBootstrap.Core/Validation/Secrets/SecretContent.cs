using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Looks into Secrets for values that are in Git as they are. Hands out keys and places, never values.</summary>
internal static class SecretContent
{
    private const string TypeLabel = "argocd.argoproj.io/secret-type";

    /// <summary>What argocd-vault-plugin takes a Secret's placeholders from.</summary>
    private static readonly string[] VaultAnnotations = ["avp.kubernetes.io/path", "avp_path"];

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
        YamlNode? annotations = secret.Node.Child("metadata").Child("annotations");
        bool isForVault = VaultAnnotations.Any(annotation => annotations.Scalar(annotation) is not null);
        IEnumerable<SecretKey> data = Keys(secret, "data").Select(entry => new SecretKey(entry.Key.Value, entry.Value.Position, Decode(((ScalarNode)entry.Value).Value)));
        IEnumerable<SecretKey> text = Keys(secret, "stringData").Select(entry => new SecretKey(entry.Key.Value, entry.Value.Position, ((ScalarNode)entry.Value).Value));
        return data.Concat(text).Where(key => SecretText.IsPlain(key.Value, isForVault) && !IsMetadata(key.Key));
    }

    /// <summary>The keys with a plain value that is a secret, the most telling first.</summary>
    public static SecretKey[] PlainSecrets(Resource secret) =>
        [.. PlainValues(secret).Where(IsSecretValue).OrderByDescending(key => SecretKeyName.Rank(key.Key))];

    /// <summary>What says where something is, or switches it on, is not a secret unless a credential is in it.</summary>
    private static bool IsSecretValue(SecretKey key) => SecretKeyName.Rank(key.Key) switch
    {
        0 => CredentialText.FindCertain(key.Value) is not null,
        1 when SecretKeyName.IsSettingsFile(key.Key) && CredentialText.IsSettings(key.Value) => CredentialText.FindIn(key.Value) is not null,
        _ => !SecretText.IsSwitch(key.Value),
    };

    /// <summary>SOPS writes what it needs to decrypt an env file into that as more variables.</summary>
    private static bool IsMetadata(string key) => key.StartsWith("sops_", StringComparison.Ordinal);

    private static IEnumerable<MappingEntry> Keys(Resource secret, string field) =>
        secret.Node.Child(field).Entries().Where(entry => entry.Value is ScalarNode { IsNull: false });

    private static string Decode(string base64) => Base64Text.TryDecode(base64) ?? base64;
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
