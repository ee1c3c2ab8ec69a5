namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A file, or text written inside one, that nodes were read from; the anchor of every position in a message.</summary>
/// <param name="path">Absolute path, URL, or a description of text that is in no file.</param>
/// <param name="lineOffset">For text inside a file: lines before its first line.</param>
/// <param name="columnOffset">For text inside a file: columns before each of its lines.</param>
public sealed class SourceFile(string path, int lineOffset = 0, int columnOffset = 0)
{
    /// <summary>Absolute path, URL, or a description of text that is in no file.</summary>
    public string Path { get; } = path;

    /// <summary>For text inside a file: lines before its first line.</summary>
    public int LineOffset { get; } = lineOffset;

    /// <summary>For text inside a file: columns before each of its lines.</summary>
    public int ColumnOffset { get; } = columnOffset;

    /// <summary>Text made by the program, which has no file: generated objects, defaults.</summary>
    public static SourceFile Generated { get; } = new("(generated)");

    /// <inheritdoc/>
    public override string ToString() => Path;
}
