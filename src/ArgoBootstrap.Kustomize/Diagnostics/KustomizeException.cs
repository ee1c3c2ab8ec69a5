using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>A kustomization cannot be rendered. Carries every independent mistake that was found.</summary>
public sealed class KustomizeException : Exception
{
    /// <summary>Makes an exception of one mistake.</summary>
    /// <param name="id">One of <see cref="DiagnosticIds"/>.</param>
    /// <param name="message">What is wrong, in one sentence.</param>
    /// <param name="position">Where.</param>
    /// <param name="remedy">What to do about it.</param>
    public KustomizeException(string id, string message, SourcePosition position, string remedy)
        : this([new Diagnostic(id, DiagnosticSeverity.Error, message, position, remedy)])
    {
    }

    /// <summary>Makes an exception of several mistakes.</summary>
    /// <param name="diagnostics">At least one.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public KustomizeException(IReadOnlyList<Diagnostic> diagnostics, Exception? inner = null)
        : base(string.Join(Environment.NewLine, diagnostics), inner) => Diagnostics = diagnostics;

    /// <summary>The same mistakes, seen from a kustomization further up.</summary>
    /// <param name="kustomizationFile">Absolute path of the kustomization file that led to them.</param>
    public KustomizeException Through(string kustomizationFile) =>
        new([.. Diagnostics.Select(d => d with { Chain = [kustomizationFile, .. d.Chain], Position = d.Position.File == SourceFile.Generated ? new SourcePosition(new SourceFile(kustomizationFile), 0, 0) : d.Position })], this);

    /// <summary>The same mistakes. Those that no file has a place for, since a transformer or generator made the node, are told of the object.</summary>
    /// <param name="resource">The object at fault.</param>
    internal KustomizeException In(Resource resource) => Diagnostics.Any(d => d.Position.File == SourceFile.Generated)
        ? new([.. Diagnostics.Select(d => d.Position.File == SourceFile.Generated ? d with { Position = resource.Node.Position, Message = $"{resource.Id.Describe()}: {d.Message}" } : d)], this)
        : this;

    /// <summary>What is wrong; at least one.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
