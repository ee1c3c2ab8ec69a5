namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Where a node begins in the text that it was read from.</summary>
/// <param name="File">The file; <see cref="SourceFile.Generated"/> for nodes that no file holds.</param>
/// <param name="Line">Line, counted from 1; 0 when unknown.</param>
/// <param name="Column">Column, counted from 1; 0 when unknown.</param>
public readonly record struct SourcePosition(SourceFile File, int Line, int Column)
{
    /// <summary>The position of nodes that no file holds.</summary>
    public static SourcePosition None { get; } = new(SourceFile.Generated, 0, 0);

    /// <summary><c>path:line:column</c>, as compilers print it; without a line only the path.</summary>
    public override string ToString() => Line > 0 ? $"{File.Path}:{Line}:{Column}" : File.Path;
}
