namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A file (or inline text) that nodes were read from; the anchor of every position in a message.</summary>
/// <param name="path">Absolute path, URL, or a description such as <c>dev/kustomization.yaml (inline patch)</c>.</param>
public sealed class SourceFile(string path)
{
    /// <summary>Absolute path, URL, or a description of inline text.</summary>
    public string Path { get; } = path;

    /// <summary>Text made by the program, which has no file: generated objects, defaults.</summary>
    public static SourceFile Generated { get; } = new("(generated)");

    /// <inheritdoc/>
    public override string ToString() => Path;
}
