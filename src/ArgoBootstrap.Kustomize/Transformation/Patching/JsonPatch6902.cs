using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// A JSON patch (RFC 6902) with the rules of evanphx/json-patch version 4, which kustomize's releases use: <c>replace</c>
/// adds a key that is not there, negative indexes count from the end, an operation that does not exist fails when it is
/// applied. Immutable.
/// </summary>
public sealed class JsonPatch6902
{
    private readonly ImmutableArray<JsonPatchOperation> _operations;

    private JsonPatch6902(ImmutableArray<JsonPatchOperation> operations, SourceFile file)
    {
        _operations = operations;
        File = file;
    }

    /// <summary>The file, or inline text, that holds the patch.</summary>
    public SourceFile File { get; }

    /// <summary>Number of operations.</summary>
    public int Count => _operations.Length;

    /// <summary>Reads a patch. Text that begins with <c>[</c> must be JSON; any other is YAML 1.1, of which the first document counts.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">What messages call the text.</param>
    /// <exception cref="KustomizeException">It is not a list of operations.</exception>
    public static JsonPatch6902 Parse(ReadOnlySpan<byte> text, SourceFile file)
    {
        YamlNode? document = text.Length > 0 && text[0] == (byte)'['
            ? StrictJson.Read(text, file)
            : YamlReader.ReadAll(text, file) is [YamlNode first, ..] ? Yaml11.ToJson(first) : null;
        return document switch
        {
            null or { IsNull: true } => new JsonPatch6902([], file),
            SequenceNode list => new JsonPatch6902([.. list.Items.ToArray().Select(ReadOperation)], file),
            _ => throw Invalid($"A JSON patch must be a list of operations, but this is a {document.KindName}.", document.Position),
        };
    }

    /// <summary>Applies the patch.</summary>
    /// <param name="target">The object.</param>
    /// <returns>The patched object, which shares what the patch leaves alone.</returns>
    /// <exception cref="KustomizeException">An operation cannot be applied, or JSON cannot hold the object.</exception>
    public MappingNode Apply(MappingNode target)
    {
        YamlNode document = JsonForm.Enter(target);
        foreach (JsonPatchOperation operation in _operations)
        {
            document = JsonPatchStep.Apply(document, operation);
        }
        return JsonForm.RoundTrip(document) as MappingNode
            ?? throw Invalid($"The patch turns {target.Position} into a {document.KindName}.", _operations[^1].Position);
    }

    private static JsonPatchOperation ReadOperation(YamlNode node, int index)
    {
        if (node is MappingNode mapping)
        {
            return new JsonPatchOperation(index, Text(mapping, "op"), Text(mapping, "path"), Text(mapping, "from"), mapping["value"], node.Position);
        }
        return node.IsNull
            ? new JsonPatchOperation(index, null, null, null, null, node.Position)
            : throw Invalid($"Operation {index + 1} of a JSON patch must be a mapping, but is a {node.KindName}.", node.Position);
    }

    private static string? Text(MappingNode operation, string key) => operation[key] is ScalarNode { Tag: ScalarTags.String } text ? text.Value : null;

    private static KustomizeException Invalid(string message, SourcePosition position) =>
        new(DiagnosticIds.InvalidPatch, message, position, "Write a list of mappings, each with op, path and, where it needs one, value or from.");
}
