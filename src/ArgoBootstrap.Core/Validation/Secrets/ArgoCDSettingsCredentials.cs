using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>
/// Finds credentials in the ConfigMaps that Argo CD is configured with. There a value that begins with a dollar sign refers to
/// a key of a Secret (user management, "Sensitive Data and SSO Client Secrets").
/// </summary>
internal static class ArgoCDSettingsCredentials
{
    private static readonly string[] ConfigMaps = ["argocd-cm", "argocd-notifications-cm"];

    /// <summary>The fields of connectors, identity providers and notification services that hold credentials, in lower case.</summary>
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "clientsecret", "bindpw", "password", "secret", "token", "apikey", "apikeys", "apisecret", "privatekey", "signingsecret", "accesstoken", "refreshtoken",
        "personalaccesstoken", "secretkey", "secretaccesskey", "authorization", "webhookurl", "integrationkey",
    };

    /// <summary>Whether an object is one of these ConfigMaps.</summary>
    public static bool IsSettings(Resource resource) => resource is { Kind: "ConfigMap", ApiVersion: "v1" } && ConfigMaps.Contains(resource.Name);

    /// <summary>The credentials of a ConfigMap: where they are, and where that is written.</summary>
    /// <param name="settings">The ConfigMap.</param>
    public static IEnumerable<(string Field, SourcePosition Position)> Find(Resource settings)
    {
        foreach (MappingEntry entry in settings.Node.Child("data").Entries())
        {
            if (entry.Value is not ScalarNode { IsNull: false } value)
            {
                continue;
            }

            if (SecretKeyName.IsCredential(LastPart(entry.Key.Value)) && IsCredential(value.Value))
            {
                yield return (entry.Key.Value, value.Position);
                continue;
            }

            foreach ((string field, SourcePosition position) in FindInDocument(value))
            {
                yield return ($"{field} of {entry.Key.Value}", position);
            }
        }
    }

    private static IEnumerable<(string Field, SourcePosition Position)> FindInDocument(ScalarNode text)
    {
        if (Read(text) is not MappingNode document)
        {
            yield break;
        }

        Stack<(string Field, YamlNode Node)> open = new([("", document)]);
        while (open.TryPop(out (string Field, YamlNode Node) next))
        {
            switch (next.Node)
            {
                case MappingNode mapping:
                    foreach (MappingEntry entry in Enumerable.Reverse(mapping.Entries.ToArray()))
                    {
                        open.Push((entry.Key.Value, entry.Value));
                    }

                    break;
                case SequenceNode sequence:
                    foreach (YamlNode item in Enumerable.Reverse(sequence.Items.ToArray()))
                    {
                        open.Push((next.Field, item));
                    }

                    break;
                case ScalarNode { IsNull: false } scalar when IsNamed(next.Field) && IsCredential(scalar.Value):
                    yield return (next.Field, EmbeddedText.PositionOf(text, scalar.Position.Line));
                    break;
            }
        }
    }

    private static bool IsNamed(string field) => Fields.Contains(field.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());

    private static bool IsCredential(string value) => !value.TrimStart().StartsWith('$') && !value.Contains(" $", StringComparison.Ordinal) && SecretText.IsPlain(value);

    private static string LastPart(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static YamlNode? Read(ScalarNode text)
    {
        try
        {
            return YamlReader.ReadAll(System.Text.Encoding.UTF8.GetBytes(text.Value), new SourceFile(text.Position.File.Path)).FirstOrDefault();
        }
        catch (KustomizeException)
        {
            return null;
        }
    }
}
