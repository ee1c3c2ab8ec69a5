using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>
/// Reads YAML text into immutable nodes, accepting what go-yaml v3 accepts, since that is what kustomize reads with. JSON is
/// read as well, being YAML.
/// </summary>
public static class YamlReader
{
    /// <summary>Reads every document of a text.</summary>
    /// <param name="text">The text, in UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <returns>The documents in order. A document of nothing but blanks and comments is left out.</returns>
    /// <exception cref="KustomizeException">The text is not YAML, or is beyond a limit.</exception>
    public static IReadOnlyList<YamlNode> ReadAll(ReadOnlySpan<byte> text, SourceFile file, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        byte[] bytes = YamlText.Prepare(text, file, limits, out _);
        var parser = new YamlParser(bytes, 0, 1, file, limits) { MergesInOrder = true };
        var documents = new List<YamlNode>();
        try
        {
            while (parser.ReadDocument() is { } document)
            {
                if (document is not ScalarNode { Tag: ScalarTags.Null, Value: "" })
                {
                    documents.Add(document);
                }
            }
        }
        catch (KustomizeException e) when (YamlMistakes.Explain(e, text, file) is KustomizeException better)
        {
            throw better;
        }
        return documents;
    }

    /// <summary>Reads the first document of a text, as kustomize reads kustomization files: what follows need not even be YAML.</summary>
    /// <param name="text">The text, in UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <param name="next">Where the next document begins that has anything in it, if there is one that can be read.</param>
    /// <returns>The document, which is a null where it holds nothing; null when there is none.</returns>
    /// <exception cref="KustomizeException">The document is not YAML, or is beyond a limit.</exception>
    internal static YamlNode? ReadFirst(ReadOnlySpan<byte> text, SourceFile file, YamlLimits? limits, out SourcePosition? next)
    {
        limits ??= YamlLimits.Default;
        byte[] bytes = YamlText.Prepare(text, file, limits, out _);
        var parser = new YamlParser(bytes, 0, 1, file, limits) { MergesInOrder = true };
        YamlNode? first;
        try
        {
            first = parser.ReadDocument();
        }
        catch (KustomizeException e) when (YamlMistakes.Explain(e, text, file) is KustomizeException better)
        {
            throw better;
        }
        next = null;
        try
        {
            while (first is not null && next is null && parser.ReadDocument() is { } document)
            {
                next = document.IsNull ? null : document.Position;
            }
        }
        catch (KustomizeException)
        {
            // Nobody asks for it.
        }
        return first;
    }

    /// <summary>Reads the first document of a text, with aliases and merge keys as they are written.</summary>
    /// <param name="text">The text, in UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <returns>The document, which has <see cref="AliasNode"/>s; null when there is none.</returns>
    /// <exception cref="KustomizeException">The document is not YAML, or is beyond a limit.</exception>
    internal static YamlNode? ReadUnexpanded(ReadOnlySpan<byte> text, SourceFile file, YamlLimits limits) =>
        new YamlParser(YamlText.Prepare(text, file, limits, out _), 0, 1, file, limits) { KeepsAliases = true }.ReadDocument();

    /// <summary>
    /// Reads a file of resources or patches the way kustomize does: it is cut at lines that begin with <c>---</c> before
    /// anything is read, and of each part the first document counts.
    /// </summary>
    /// <param name="text">The text, in UTF-8, with or without a byte order mark.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <returns>The documents in order; empty ones and nulls are left out. Lists are not taken apart.</returns>
    /// <exception cref="KustomizeException">The text is not YAML, is beyond a limit, or something other than a comment follows a separator.</exception>
    public static IReadOnlyList<YamlNode> ReadResourceDocuments(ReadOnlySpan<byte> text, SourceFile file, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        byte[] bytes = YamlText.Prepare(text, file, limits, out int length);
        length = YamlText.DropCarriageReturns(bytes, length);
        var documents = new List<YamlNode>();
        try
        {
            foreach (DocumentSplitter.Part part in DocumentSplitter.Split(bytes, length, file))
            {
                YamlNode? document = new YamlParser(bytes, SkipByteOrderMark(bytes, part.Start), part.Line, file, limits) { DropsQuotedMergeKeys = true }.ReadDocument();
                if (document is { IsNull: false })
                {
                    documents.Add(document);
                }
            }
        }
        catch (KustomizeException e) when (YamlMistakes.Explain(e, text, file) is KustomizeException better)
        {
            throw better;
        }
        return documents;
    }

    private static int SkipByteOrderMark(byte[] bytes, int start) => bytes.AsSpan(start).StartsWith("\uFEFF"u8) ? start + 3 : start;
}
