using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Redaction;

/// <summary>
/// Tells fields that hold a secret by their name, wherever they are: values of charts (<c>githubSecret</c>), environment variables
/// (<c>DB_PASSWORD</c>), settings. A field that only says where a secret is (<c>secretName</c>, <c>existingSecret</c>,
/// <c>tokenFile</c>) holds none.
/// </summary>
public static partial class SensitiveField
{
    /// <summary>Whether the value of a field of this name is a secret.</summary>
    /// <param name="name">The field's name; of a dotted one (<c>configs.secret.githubSecret</c>) the last part counts.</param>
    public static bool HoldsSecret(string name) => HoldingName().IsMatch(name) && !PointingName().IsMatch(name);

    /// <summary>
    /// Whether what a key of a mapping holds is secret: by the key's name, by the name beside a <c>value</c> (environment variables,
    /// Helm parameters), or because everything there is (a Secret's data, <c>secret.extra</c> of charts).
    /// </summary>
    /// <param name="parentKey">The key of the mapping itself, <c>secret</c> for a Secret; empty where it has none.</param>
    /// <param name="key">The key.</param>
    /// <param name="itemName">The mapping's <c>name</c>; empty where it has none.</param>
    internal static bool HoldsSecret(string parentKey, string key, string itemName) =>
        HoldsSecret(key) || (key == "value" && HoldsSecret(itemName)) || (parentKey == "secret" && IsWholeSecret(key));

    /// <summary>Whether, in a secret, everything below the key is one.</summary>
    /// <param name="key">The key.</param>
    internal static bool IsWholeSecret(string key) => key is "extra" or "data" or "stringData";

    [GeneratedRegex("(password|passwd|passphrase|secret|secretkey|token|credentials?|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?key|signing[-_]?key|encryption[-_]?key|htpasswd)([-_.]?(data|value|hash|bcrypt))?[0-9]*$", RegexOptions.IgnoreCase)]
    private static partial Regex HoldingName();

    // A count or a switch is none either, but those are told by their value.
    [GeneratedRegex(@"(^|[._\[-])(existing|use|uses|enable|enabled|create|automount|mount|image|imagepull|pull|generate|disable|skip)[A-Za-z-_]*$", RegexOptions.IgnoreCase)]
    private static partial Regex PointingName();
}
