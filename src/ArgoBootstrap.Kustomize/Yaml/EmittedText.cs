namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>
/// The canonical text of a block at one indentation, kept with the node that it was made from. A node gets it when it is
/// written for the second time: what is written once only would be kept for nothing.
/// </summary>
/// <param name="Indent">Columns before the block's keys or dashes; negative where there is no text.</param>
/// <param name="Utf8">The lines in UTF-8, each with its line end; the first without its indentation.</param>
internal sealed record EmittedText(int Indent, byte[] Utf8)
{
    /// <summary>Marks a large node that was written once.</summary>
    internal static EmittedText Seen { get; } = new(-1, []);

    /// <summary>Stands for no text, and for none to be kept: of a block that an alias brought inside brackets.</summary>
    internal static EmittedText None { get; } = new(-2, []);

    /// <summary>Fewest bytes for which keeping the text is worth it.</summary>
    internal const int Threshold = 1024;
}
