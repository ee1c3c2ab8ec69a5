using System.Buffers;
using System.Text;
using ArgoBootstrap.Benchmarks.Scenarios;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;
using BenchmarkDotNet.Attributes;

namespace ArgoBootstrap.Benchmarks.Parts;

/// <summary>The parts of a build, each by itself, on one root with 500 Deployments: read, accumulate and transform, emit.</summary>
[MemoryDiagnoser]
public class EngineParts
{
    private readonly ScenarioFolder _folder = new();
    private readonly SourceFile _file = new("deployments.yaml");
    private string _root = "";
    private byte[] _text = [];
    private KustomizeBuilder _warm = new();
    private RenderedOverlay? _rendered;

    [GlobalSetup]
    public void Setup()
    {
        _root = ScenarioCatalog.Create("growth-500", _folder, new ComparisonOptions())!.Roots[0];
        _text = File.ReadAllBytes(Path.Join(_root, "deployments.yaml"));
        _warm = new KustomizeBuilder();
        _rendered = _warm.Build(_root);
    }

    [GlobalCleanup]
    public void Cleanup() => _folder.Dispose();

    /// <summary>Text to nodes.</summary>
    [Benchmark]
    public IReadOnlyList<YamlNode> Read() => YamlReader.ReadResourceDocuments(_text, _file);

    /// <summary>Text to objects.</summary>
    [Benchmark]
    public IReadOnlyList<Resource> ReadObjects() => ResourceReader.Read(_text, _file, KubernetesSchema.Default);

    /// <summary>Everything but printing, nothing kept from before.</summary>
    [Benchmark]
    public RenderedOverlay BuildCold() => new KustomizeBuilder().Build(_root);

    /// <summary>A build of which every file is unchanged since the last one.</summary>
    [Benchmark]
    public RenderedOverlay BuildWarm() => _warm.Build(_root);

    /// <summary>Nodes to text.</summary>
    [Benchmark]
    public int Emit()
    {
        var output = new ArrayBufferWriter<byte>();
        _rendered!.WriteYaml(output);
        return output.WrittenCount;
    }

    /// <summary>The hash of a generated ConfigMap's content.</summary>
    [Benchmark]
    public string Hash() => ContentHash.Of(new Resource(MappingNode.Empty.With("kind", ScalarNode.String("ConfigMap")).With("data", MappingNode.Empty.With("key", ScalarNode.String(Encoding.UTF8.GetString(_text.AsSpan(0, 1000))))), KubernetesSchema.Default));
}
