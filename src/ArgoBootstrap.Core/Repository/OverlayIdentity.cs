using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>What an overlay's own file says about its identity, without rendering it.</summary>
/// <param name="Name"><c>CLUSTER_NAME</c>, or <see langword="null"/> where the file sets none.</param>
/// <param name="Host"><c>INGRESS_HOST</c>, or <see langword="null"/> where the file sets none.</param>
internal sealed record OverlayIdentity(OverlayIdentity.Declared? Name, OverlayIdentity.Declared? Host)
{
    /// <summary>The key of a cluster's name in <c>cluster-config</c>.</summary>
    public const string NameKey = "CLUSTER_NAME";

    /// <summary>The key of a host in <c>cluster-config</c> and <c>environment-config</c>.</summary>
    public const string HostKey = "INGRESS_HOST";

    /// <summary>The generated ConfigMaps that identities are in.</summary>
    public static readonly string[] ConfigMaps = ["cluster-config", "environment-config"];

    private static readonly OverlayIdentity None = new(null, null);

    /// <summary>The host that a kustomization file sets.</summary>
    /// <param name="folder">The overlay's folder.</param>
    /// <returns>The host, or <see langword="null"/> where the file sets none or cannot be read.</returns>
    public static string? ReadHost(string folder) => Read(folder).Host?.Value;

    /// <summary>The name and the host that a kustomization file sets.</summary>
    /// <param name="folder">The overlay's folder.</param>
    /// <returns>
    /// What the file says; nothing where it cannot be read: telling that is what validation is for, a listing has to
    /// show the other overlays.
    /// </returns>
    public static OverlayIdentity Read(string folder)
    {
        if (GitOpsLayout.FindKustomization(folder) is not { } path)
        {
            return None;
        }

        try
        {
            YamlNode? document = YamlReader.ReadAll(File.ReadAllBytes(path), new SourceFile(path)).FirstOrDefault();
            Declared[] literals = [.. Literals(document)];
            return new OverlayIdentity(
                literals.FirstOrDefault(literal => literal.Key == NameKey),
                literals.FirstOrDefault(literal => literal.Key == HostKey));
        }
        catch (Exception exception) when (exception is KustomizeException or IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    private static IEnumerable<Declared> Literals(YamlNode? document)
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
                    yield return new(literal.Value[..separator], literal.Value[(separator + 1)..].Trim('\'', '"'), literal.Position);
                }
            }
        }
    }

    private static YamlNode[] Items(YamlNode? node) => node is SequenceNode sequence ? sequence.Items.ToArray() : [];

    /// <summary>A literal of a generator.</summary>
    /// <param name="Key">What is before the equals sign.</param>
    /// <param name="Value">What is after it.</param>
    /// <param name="Position">Where it is written.</param>
    internal sealed record Declared(string Key, string Value, SourcePosition Position);
}
