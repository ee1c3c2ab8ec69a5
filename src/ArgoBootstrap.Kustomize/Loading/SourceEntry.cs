using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>
/// A file's content with everything that was made of it. One entry stands for one content: when a file changes, a new entry
/// takes its place, so whoever holds an entry can compare by reference.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="content">Its bytes.</param>
/// <param name="limits">Bounds on what is accepted.</param>
internal sealed class SourceEntry(SourceFile file, byte[] content, YamlLimits limits)
{
    private readonly Outcome<Kustomization> _kustomization = new(() => KustomizationReader.Read(content, file, limits));
    private readonly Outcome<IReadOnlyList<Resource>> _resources = new(() => ResourceReader.Read(content, file, KubernetesSchema.Default, limits));
    private readonly Outcome<IReadOnlyList<YamlNode>> _documents = new(() => YamlReader.ReadAll(content, file, limits));

    /// <summary>The file.</summary>
    public SourceFile File => file;

    /// <summary>Its bytes.</summary>
    public byte[] Content => content;

    /// <summary>The file as a kustomization.</summary>
    /// <exception cref="KustomizeException">It is not one.</exception>
    public Kustomization Kustomization => _kustomization.Value;

    /// <summary>The file's YAML documents.</summary>
    /// <exception cref="KustomizeException">It is not YAML.</exception>
    public IReadOnlyList<YamlNode> Documents => _documents.Value;

    /// <summary>The objects in the file, shared by everybody who uses them.</summary>
    /// <param name="schema">The schema in force.</param>
    /// <exception cref="KustomizeException">The file does not hold Kubernetes objects.</exception>
    public IReadOnlyList<Resource> Resources(KubernetesSchema schema) =>
        ReferenceEquals(schema, KubernetesSchema.Default)
            ? _resources.Value
            : [.. _resources.Value.Select(r => new Resource(r.Node, schema))];

    /// <summary>A value that is made once, or the mistakes that were found instead, which are reported to everybody who asks.</summary>
    private sealed class Outcome<T>(Func<T> make)
        where T : class
    {
        private readonly object _gate = new();
        private volatile T? _value;
        private IReadOnlyList<Diagnostic>? _failure;

        public T Value
        {
            get
            {
                if (_value is T made)
                {
                    return made;
                }
                lock (_gate)
                {
                    if (_failure is not null)
                    {
                        throw new KustomizeException(_failure);
                    }
                    try
                    {
                        return _value ??= make();
                    }
                    catch (KustomizeException e)
                    {
                        _failure = e.Diagnostics;
                        throw;
                    }
                }
            }
        }
    }
}
