namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Where a node begins in the text that it was read from. For text inside a file, such as an inline patch, the place in that file.</summary>
public readonly record struct SourcePosition
{
    /// <summary>Makes a position.</summary>
    /// <param name="file">The file; <see cref="SourceFile.Generated"/> for nodes that no file holds, whose line and column nobody could look up: they stay unknown.</param>
    /// <param name="line">Line within the text, counted from 1; 0 when unknown.</param>
    /// <param name="column">Column within the text, counted from 1; 0 when unknown.</param>
    public SourcePosition(SourceFile file, int line, int column)
    {
        File = file;
        if (ReferenceEquals(file, SourceFile.Generated))
        {
            return;
        }
        Line = line > 0 ? line + file.LineOffset : file.LineOffset;
        Column = column > 0 ? column + file.ColumnOffset : file.ColumnOffset;
    }

    /// <summary>The file; <see cref="SourceFile.Generated"/> for nodes that no file holds.</summary>
    public SourceFile File { get; }

    /// <summary>Line in the file, counted from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>Column in the file, counted from 1; 0 when unknown.</summary>
    public int Column { get; }

    /// <summary>The position of nodes that no file holds.</summary>
    public static SourcePosition None { get; } = new(SourceFile.Generated, 0, 0);

    /// <summary><c>path:line:column</c>, as compilers print it; without a line only the path.</summary>
    public override string ToString() => Line > 0 ? $"{File.Path}:{Line}:{Column}" : File.Path;
}
