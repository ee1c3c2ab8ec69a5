using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Reads what an overlay's own file says about its identity, without rendering it.</summary>
internal static class OverlayIdentity
{
    private const string HostKey = "INGRESS_HOST";

    private static readonly string[] ConfigMaps = ["cluster-config", "environment-config"];

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
            YamlNode? document = YamlReader.ReadAll(File.ReadAllBytes(path), new SourceFile(path)).FirstOrDefault();
            return Literals(document).FirstOrDefault(literal => literal.Key == HostKey).Value;
        }
        catch (Exception exception) when (exception is KustomizeException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Literals(YamlNode? document)
    {
        foreach (MappingNode generator in Items((document as MappingNode)?["configMapGenerator"]).OfType<MappingNode>())
        {
            if (generator["name"] is not ScalarNode name || !ConfigMaps.Contains(name.Value))
            {
                continue;
            }

            foreach (ScalarNode literal in Items(generator["literals"]).OfType<ScalarNode>())
            {
                int separator = literal.Value.IndexOf('=', StringComparison.Ordinal);
                if (separator > 0)
                {
                    yield return new(literal.Value[..separator], literal.Value[(separator + 1)..].Trim('\'', '"'));
                }
            }
        }
    }

    private static YamlNode[] Items(YamlNode? node) => node is SequenceNode sequence ? sequence.Items.ToArray() : [];
}
