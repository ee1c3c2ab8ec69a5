using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

/// <summary>Reads and writes YAML in memory, so that a test reads like input and output.</summary>
internal static class YamlHarness
{
    internal static IReadOnlyList<YamlNode> ReadResources(string text) =>
        YamlReader.ReadResourceDocuments(Encoding.UTF8.GetBytes(text), new SourceFile("r.yaml"));

    internal static YamlNode Read(string text, YamlLimits? limits = null) =>
        Assert.Single(YamlReader.ReadAll(Encoding.UTF8.GetBytes(text), new SourceFile("r.yaml"), limits));

    /// <summary>The node under a key of a mapping.</summary>
    internal static YamlNode At(this YamlNode node, string key) => Assert.IsType<MappingNode>(node)[key]!;

    internal static string Write(YamlNode node)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalYamlWriter.Write(node, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What a file of resources prints as.</summary>
    internal static string Render(string text) => string.Join("---\n", ReadResources(text).Select(Write));

    internal static Diagnostic Fails(Action action) => Assert.Single(Assert.Throws<KustomizeException>(action).Diagnostics);
}
