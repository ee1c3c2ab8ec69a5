using System.Buffers;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Reads values given in place, and writes those that helm gets.</summary>
internal static class HelmValues
{
    /// <summary>The values given in place as they are after kustomize has read them: by YAML 1.1, numbers as 64 bit floating point.</summary>
    /// <param name="values">The values as written.</param>
    public static MappingNode Inline(MappingNode values) => (MappingNode)JsonForm.RoundTrip(Yaml11.ToJson(values));

    /// <summary>Values as the text of a file.</summary>
    /// <param name="values">The values.</param>
    public static byte[] Write(MappingNode values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        CanonicalYamlWriter.Write(values, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
