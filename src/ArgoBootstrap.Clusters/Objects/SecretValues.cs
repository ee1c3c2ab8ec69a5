using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Tells a masker what a Secret holds before the Secret goes anywhere: a server's refusal may quote it.</summary>
internal static class SecretValues
{
    /// <summary>Keys of Argo CD's repository and cluster Secrets that say what the Secret is for and hold nothing secret; masked, every message about the repository would be blank.</summary>
    private static readonly HashSet<string> PublicKeys = new(StringComparer.Ordinal)
    {
        "type", "url", "name", "server", "project", "namespaces", "clusterResources", "insecure", "insecureIgnoreHostKey", "enableLfs", "enableOCI",
        "forceHttpBasicAuth", "githubAppID", "githubAppInstallationID", "githubAppEnterpriseBaseUrl", "username", "shard", "proxy", "noProxy",
    };

    public static void Register(ClusterObject item, SecretMasker masker)
    {
        if (item.Reference.Type is not { Group: "", Kind: "Secret" })
        {
            return;
        }
        bool isArgo = item.Content["metadata"]?["labels"]?["argocd.argoproj.io/secret-type"] is not null;
        Add("stringData", text => text);
        Add("data", Decode);

        void Add(string field, Func<string, string?> read)
        {
            if (item.Content[field] is not JsonObject values)
            {
                masker.AddAll(item.Content[field]);
                return;
            }
            foreach ((string key, JsonNode? value) in values)
            {
                if (isArgo && PublicKeys.Contains(key))
                {
                    continue;
                }
                if (value is JsonValue scalar && scalar.TryGetValue(out string? text))
                {
                    masker.Add(read(text));
                }
                else
                {
                    // The server refuses numbers, flags and lists there, and quotes them when it does.
                    masker.AddAll(value);
                }
            }
        }
    }

    private static string Decode(string base64) => Base64Text.TryDecode(base64) ?? base64;
}
