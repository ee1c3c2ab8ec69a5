using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Accumulation;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize;

/// <summary>What a kustomization renders to.</summary>
/// <param name="root">Absolute path of the folder that was built.</param>
/// <param name="resources">The objects, in the order in which they are printed.</param>
/// <param name="warnings">What kustomize warns of, and what else should be known.</param>
/// <param name="files">Absolute paths of the local files that were read.</param>
/// <param name="printed">What another program printed for it; null where this library rendered it.</param>
public sealed class RenderedOverlay(
    string root, IReadOnlyList<Resource> resources, IReadOnlyList<Diagnostic> warnings, Lazy<IReadOnlyCollection<string>> files, ReadOnlyMemory<byte>? printed = null)
{
    private static readonly byte[] Separator = "---\n"u8.ToArray();

    /// <summary>Absolute path of the folder that was built.</summary>
    public string Root => root;

    /// <summary>The objects, in the order in which they are printed.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>What kustomize warns of, and what else should be known.</summary>
    public IReadOnlyList<Diagnostic> Warnings => warnings;

    /// <summary>Absolute paths of the local files that were read, sorted.</summary>
    public IReadOnlyCollection<string> Files => files.Value;

    /// <summary>Explains keys that cannot be printed; null where nothing is known about them.</summary>
    internal MadeKeys? Keys { get; init; }

    /// <summary>Writes what <c>kustomize build</c> prints; what another program printed, as it is.</summary>
    /// <param name="output">Receives UTF-8.</param>
    /// <exception cref="KustomizeException">An object cannot be printed: a key is not a string, or occurs twice.</exception>
    public void WriteYaml(IBufferWriter<byte> output)
    {
        if (printed is { } bytes)
        {
            output.Write(bytes.Span);
            return;
        }
        for (int i = 0; i < resources.Count; i++)
        {
            if (i > 0)
            {
                output.Write(Separator);
            }
            try
            {
                CanonicalYamlWriter.Write(resources[i].Node, output);
            }
            catch (KustomizeException e)
            {
                throw Keys?.Explain(e, resources[i]) ?? e.In(resources[i]);
            }
        }
    }

    /// <summary>Writes what <c>kustomize build</c> prints to a stream, without ever holding all of it in memory.</summary>
    /// <param name="stream">Receives UTF-8; not closed.</param>
    /// <exception cref="KustomizeException">An object cannot be printed.</exception>
    public void WriteYaml(Stream stream)
    {
        using var output = new StreamBufferWriter(stream);
        WriteYaml(output);
        output.Flush();
    }

    /// <summary>What <c>kustomize build</c> prints, as text.</summary>
    /// <exception cref="KustomizeException">An object cannot be printed.</exception>
    public string ToYaml()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        WriteYaml(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
