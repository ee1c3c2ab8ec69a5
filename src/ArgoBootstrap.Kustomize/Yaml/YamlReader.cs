namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Reads YAML text into immutable nodes.</summary>
public static class YamlReader
{
    /// <summary>Reads every document of a text.</summary>
    /// <param name="text">The text, in UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <returns>The documents in order. A document of nothing but blanks and comments is left out.</returns>
    /// <exception cref="Diagnostics.KustomizeException">The text is not YAML, or is beyond a limit.</exception>
    public static IReadOnlyList<YamlNode> ReadAll(ReadOnlySpan<byte> text, SourceFile file, YamlLimits? limits = null) =>
        throw new NotImplementedException(file.Path + (limits is null) + text.Length);
}
