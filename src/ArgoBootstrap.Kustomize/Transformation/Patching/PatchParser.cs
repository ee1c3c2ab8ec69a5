using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Tells strategic merge patches from JSON patches, as kustomize's <c>patches</c> does: by what the text can be read as.</summary>
public static class PatchParser
{
    /// <summary>Reads a patch.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="readObjects">Reads the text as Kubernetes objects, with the schema in force; throws a <see cref="KustomizeException"/> when it holds something else.</param>
    /// <exception cref="KustomizeException">The text is neither.</exception>
    public static ParsedPatch Parse(ReadOnlySpan<byte> text, SourceFile file, Func<IReadOnlyList<Resource>> readObjects)
    {
        KustomizeException noObjects;
        try
        {
            // Text that holds objects is a mapping at its start, so it cannot be a list of operations as well.
            return new ParsedPatch(file, [.. readObjects()], null);
        }
        catch (KustomizeException problem)
        {
            noObjects = problem;
        }
        try
        {
            JsonPatch6902 json = JsonPatch6902.Parse(text, file);
            return new ParsedPatch(file, [], json);
        }
        catch (KustomizeException noOperations)
        {
            KustomizeException likely = LooksLikeList(text) ? noOperations : noObjects;
            Diagnostic reason = likely.Diagnostics[0];
            throw new KustomizeException(
                DiagnosticIds.InvalidPatch,
                $"The patch is neither a strategic merge patch nor a JSON 6902 patch. {reason.Message}",
                reason.Position,
                reason.Remedy);
        }
    }

    private static bool LooksLikeList(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text.TrimStart(" \t\r\n"u8);
        return start.StartsWith("["u8) || start.StartsWith("- "u8) || start.StartsWith("-\n"u8);
    }
}
