using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Edits a JSON or YAML document that is the text of a scalar, as replacements do whose path goes on within it (since
/// kustomize 5.8). JSON is written back sorted, on one line or indented as it was; YAML keeps its order, quotes,
/// flow style and comments.
/// </summary>
internal static class StructuredText
{
    /// <summary>Writes a value into a document within a scalar.</summary>
    /// <param name="root">The object.</param>
    /// <param name="path">A path that leads to a scalar and on into its text.</param>
    /// <param name="value">The value.</param>
    /// <param name="missing">What is put where a field is missing.</param>
    /// <returns>The changed object; null when the path does not lead into a document, or not to a field of it.</returns>
    public static MappingNode? TryWrite(MappingNode root, FieldPath path, YamlNode value, MissingField missing)
    {
        FieldPathSegment[] segments = path.Segments;
        for (int i = 1; i < segments.Length; i++)
        {
            if (Find(root, segments.AsSpan(0, i)) is not ScalarNode scalar)
            {
                continue;
            }
            if (TryParse(scalar) is not { } document)
            {
                continue;
            }
            return Edit(document, scalar, segments.AsSpan(i), value, missing) is { } text
                ? (MappingNode)Put(root, segments.AsSpan(0, i), scalar.WithTextOfSameType(text))
                : null;
        }
        return null;
    }

    /// <summary>Reads the document in a scalar.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <exception cref="FieldPathException">The text is not YAML, or is empty.</exception>
    public static YamlNode Parse(ScalarNode scalar) =>
        TryParse(scalar) is { Node: { } node } ? node : throw new FieldPathException("the path goes on within a text that is neither JSON nor YAML", scalar);

    private static string? Edit(Document document, ScalarNode scalar, ReadOnlySpan<FieldPathSegment> path, YamlNode value, MissingField missing)
    {
        if (document.Node is not { } node)
        {
            return null;
        }
        var update = new FieldPathUpdate(missing, field => field is ScalarNode ? ReplacementValue.Put(field, ReplacementValue.TextOf(value)) : value);
        try
        {
            (YamlNode changed, int count) = update.Apply(node, path);
            return count > 0 ? Serialize(changed, scalar.Value, document) : null;
        }
        catch (Exception e) when (e is FieldPathException or KustomizeException)
        {
            // The path is then tried as one that does not go into the text, whose error is the better one.
            return null;
        }
    }

    private static string Serialize(YamlNode node, string original, Document document)
    {
        if (original.AsSpan().TrimStart()[0] is not ('{' or '['))
        {
            return StyledYaml.Write(node, document.Layout(original));
        }
        var json = new StringBuilder(original.Length + 64);
        if (original.Contains('\n', StringComparison.Ordinal) && original.Contains("  ", StringComparison.Ordinal))
        {
            JsonText.AppendIndented(json, node);
        }
        else
        {
            JsonText.Append(json, node);
        }
        return json.ToString();
    }

    private static Document? TryParse(ScalarNode scalar)
    {
        var file = new SourceFile($"{scalar.Position} (text within)");
        try
        {
            byte[] bytes = YamlText.Prepare(Encoding.UTF8.GetBytes(scalar.Value), file, YamlLimits.Default, out _);
            return new Document(new YamlParser(bytes, 0, 1, file, YamlLimits.Default).ReadDocument(), bytes, file);
        }
        catch (KustomizeException)
        {
            return null;
        }
    }

    private static YamlNode? Find(YamlNode root, ReadOnlySpan<FieldPathSegment> path)
    {
        try
        {
            return FieldPathLookup.Find(root, path);
        }
        catch (FieldPathException)
        {
            return null;
        }
    }

    private static YamlNode Put(YamlNode node, ReadOnlySpan<FieldPathSegment> path, YamlNode value)
    {
        if (path.IsEmpty)
        {
            return value;
        }
        YamlNode child = FieldPathLookup.Find(node, path[..1])!;
        YamlNode changed = Put(child, path[1..], value);
        switch (node)
        {
            case MappingNode mapping when !ReferenceEquals(child, node):
                return mapping.With(path[0].Name.Trim(), changed);
            case SequenceNode sequence when !ReferenceEquals(child, node):
                int at = 0;
                while (!ReferenceEquals(sequence[at], child))
                {
                    at++;
                }
                return sequence.WithItemAt(at, changed);
            default:
                // An empty segment, which stays where it is.
                return changed;
        }
    }

    private sealed record Document(YamlNode? Node, byte[] Bytes, SourceFile File)
    {
        public StructuredLayout Layout(string text) => new(Bytes, text.Split('\n'), File);
    }
}
