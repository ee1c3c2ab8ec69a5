using System.Buffers;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Writes nodes the way <c>kustomize build</c> prints them: keys in natural order, indentation of two, sequences not indented.</summary>
public static class CanonicalYamlWriter
{
    /// <summary>Writes one document, without a separator.</summary>
    /// <param name="node">The document.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <exception cref="Diagnostics.KustomizeException">A mapping has a key that is not a string, or the same key twice.</exception>
    public static void Write(YamlNode node, IBufferWriter<byte> output) => throw new NotImplementedException(node.KindName + output);
}
