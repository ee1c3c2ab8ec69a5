using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Entries of <c>generators</c>, <c>transformers</c>, <c>validators</c> and <c>patchesStrategicMerge</c> that are objects themselves instead of paths.</summary>
internal static class InlineConfiguration
{
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-");

    /// <summary>Takes an entry as an object.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="session">The files.</param>
    /// <param name="field">The list that the entry stands in.</param>
    /// <returns>The objects, none for an entry without any text that counts, or null when the entry is a path.</returns>
    /// <exception cref="KustomizeException">The entry has several lines, so it is not a path, but is not an object either.</exception>
    public static IReadOnlyList<Resource>? TryRead(Located<string> entry, SourceSession session, string field)
    {
        bool isText = entry.Value.TrimEnd('\n').Contains('\n', StringComparison.Ordinal);
        if (!isText && IsSurelyPath(entry.Value))
        {
            return null;
        }
        ScalarStyle style = isText ? ScalarStyle.Literal : ScalarStyle.Plain;
        SourceFile file = InlineText.Of(style, entry.Position, session.Known(entry.Position.File.Path)?.Content ?? []);
        try
        {
            return ResourceReader.Read(Encoding.UTF8.GetBytes(entry.Value), file, KubernetesSchema.Default);
        }
        catch (KustomizeException) when (!isText)
        {
            return null;
        }
        catch (KustomizeException e)
        {
            throw new KustomizeException([.. e.Diagnostics.Select(d => d with { Message = $"The inline entry of '{field}' cannot be used. {d.Message}" })], e);
        }
    }

    /// <summary>Whether text of one line is a plain scalar other than null, which is not an object.</summary>
    private static bool IsSurelyPath(string text) =>
        text.AsSpan().IndexOfAnyExcept(PathCharacters) < 0 && ScalarResolver.Resolve(text) != ScalarTags.Null && text is not ("---" or "...");
}
