using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Finds the secrets that a kubeconfig hands to a credential plugin, which may quote them when it fails: in its environment, and in flags such as <c>--client-secret</c>.</summary>
internal static partial class PluginSecrets
{
    /// <summary>Has them taken out of everything that is said.</summary>
    public static void Register(KubeConfigPlugin plugin, SecretMasker masker)
    {
        foreach ((string name, string value) in plugin.Environment)
        {
            RegisterIfSecret(name, value, masker);
        }
        for (int i = 0; i < plugin.Arguments.Count; i++)
        {
            string argument = plugin.Arguments[i];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (!argument.StartsWith('-'))
            {
                continue;
            }
            if (equals > 0)
            {
                RegisterIfSecret(argument[..equals], argument[(equals + 1)..], masker);
            }
            else if (i + 1 < plugin.Arguments.Count)
            {
                RegisterIfSecret(argument, plugin.Arguments[i + 1], masker);
            }
        }
    }

    private static void RegisterIfSecret(string name, string value, SecretMasker masker)
    {
        if (SecretName().IsMatch(name))
        {
            masker.Add(value);
        }
    }

    // Only at the end of a name: what AZURE_FEDERATED_TOKEN_FILE or --token-cache-dir say is needed in messages.
    [GeneratedRegex("(password|passphrase|secret|token|credential|key)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
