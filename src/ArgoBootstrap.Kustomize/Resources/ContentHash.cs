using System.Security.Cryptography;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// The hash that kustomize appends to names of generated ConfigMaps and Secrets: of their data and type, and of nothing
/// else. The name does not count (kustomize looks for a field that is called <c>metadata/name</c>), nor do labels,
/// annotations, namespace or <c>immutable</c>.
/// </summary>
public static class ContentHash
{
    private const int Length = 10;

    /// <summary>Computes the hash.</summary>
    /// <param name="resource">A ConfigMap or Secret.</param>
    /// <returns>Ten letters and digits.</returns>
    /// <exception cref="KustomizeException">The object is neither, or its data cannot be written as JSON.</exception>
    public static string Of(Resource resource)
    {
        var json = new StringBuilder(256);
        MappingNode node = resource.Node;
        switch (resource.Kind)
        {
            case "ConfigMap":
                json.Append('{');
                AppendIfContainer(json, "binaryData", node);
                json.Append("\"data\":");
                AppendValue(json, node["data"]);
                json.Append(",\"kind\":\"ConfigMap\",\"name\":\"\"}");
                break;
            case "Secret":
                json.Append("{\"data\":");
                AppendValue(json, node["data"]);
                json.Append(",\"kind\":\"Secret\",\"name\":\"\",");
                AppendIfContainer(json, "stringData", node);
                json.Append("\"type\":");
                AppendValue(json, node["type"]);
                json.Append('}');
                break;
            default:
                throw new KustomizeException(
                    DiagnosticIds.InvalidResource,
                    $"{resource.Id.Describe()} asks for a hash of its content in its name, which only ConfigMaps and Secrets can have.",
                    node.Position,
                    "Turn the name suffix hash off for this object.");
        }
        return Encode(json.ToString());
    }

    private static void AppendIfContainer(StringBuilder json, string key, MappingNode node)
    {
        if (node[key] is { } value and not ScalarNode)
        {
            json.Append('"').Append(key).Append("\":");
            AppendValue(json, value);
            json.Append(',');
        }
    }

    private static void AppendValue(StringBuilder json, YamlNode? value)
    {
        switch (value)
        {
            case null:
                json.Append("\"\"");
                break;
            case MappingNode:
                JsonText.Append(json, JsonForm.RoundTrip(value, "No content hash can be made of an object"));
                break;
            case ScalarNode scalar:
                JsonText.AppendString(json, scalar.Value);
                break;
            default:
                json.Append("null");
                break;
        }
    }

    private static string Encode(string json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(json), hash);

        // Digits and vowels that could form words give way to letters.
        return string.Create(Length, Convert.ToHexString(hash[..(Length / 2)]), static (text, hex) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = hex[i] switch
                {
                    '0' => 'g',
                    '1' => 'h',
                    '3' => 'k',
                    'A' => 'm',
                    'E' => 't',
                    var digit => char.ToLowerInvariant(digit),
                };
            }
        });
    }
}
