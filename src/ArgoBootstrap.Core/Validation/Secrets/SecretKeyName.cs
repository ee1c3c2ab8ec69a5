using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Tells by a key's name how likely its value is a secret.</summary>
internal static partial class SecretKeyName
{
    /// <summary>Where and how something is reached; secret only with what is secret in it.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "type", "url", "uri", "name", "user", "username", "login", "email", "mail", "host", "hostname", "port", "database", "dbname", "db", "project", "server",
        "endpoint", "region", "bucket", "namespace", "environment", "env", "enabled", "insecure", "enableoci", "enablelfs", "forcehttpbasicauth", "scheme",
        "protocol", "domain", "realm", "issuer", "audience", "scope", "scopes", "tenant", "tenantid", "tenant_id", "clientid", "client_id", "client-id",
        "config.ini.path", "loglevel", "log_level", "timezone", "tz", "ca.crt", "tls.crt", "known_hosts", "identity.pub", "ssh-publickey", "proxy", "noproxy",
    };

    /// <summary>
    /// How likely a key's value is a secret: 2 where the name says so, 0 where it says the opposite, 1 for others.
    /// </summary>
    /// <param name="key">The key.</param>
    public static int Rank(string key) => Harmless.Contains(key) || HarmlessEnd().IsMatch(key) ? 0 : Sensitive().IsMatch(key) ? 2 : 1;

    /// <summary>Whether a name in a text can only be that of a credential.</summary>
    /// <param name="key">The name.</param>
    public static bool IsCredential(string key) => Credential().IsMatch(key) && !HarmlessEnd().IsMatch(key);

    /// <summary>Whether a key is the name of a file of settings, which may hold a secret or not.</summary>
    /// <param name="key">The key.</param>
    public static bool IsSettingsFile(string key) => SettingsFile().IsMatch(key);

    [GeneratedRegex("""\.(?:properties|conf|config|cfg|cnf|ini|ya?ml|json|toml|xml|sql|sh|py|tmpl|tpl|txt|md)$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SettingsFile();

    [GeneratedRegex(
        """pass(?:word|wd|phrase|code)?|pwd|secret|token|credential|api[-_.]?key|private|(?:^|[-_.])key(?:$|[-_.])|access[-_.]?key|auth|\.pem$|\.key$|id_(?:rsa|ed25519|ecdsa)|htpasswd|dsn|connection[-_.]?string|cookie|salt|hmac|signing|encryption|kubeconfig|bearer""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sensitive();

    [GeneratedRegex(
        """(?:password|passwd|passphrase|bindpw|(?:client|app|webhook|shared|signing)[-_.]?secret|secret[-_.]?(?:key|token|access[-_.]?key)|(?:access|auth|bearer|api|personal[-_.]?access|refresh|bot)[-_.]?token|api[-_.]?key|private[-_.]?key|^token|^secret)$""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    [GeneratedRegex(
        """(?:user(?:name)?|login|host(?:name)?|port|url|uri|endpoint|region|bucket|email|_id|-id|(?-i:Id)|name|namespace|file|path|dir|ref|expiry|expiration|ttl|lifetime|timeout|length|size|enabled|type|issuer|version|\.crt|\.pub)$""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HarmlessEnd();
}
