namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>The canonical text of a block at one indentation, kept with the node that it was made from.</summary>
/// <param name="Indent">Columns before the block's keys or dashes.</param>
/// <param name="Utf8">The lines, in UTF-8, each with its line end.</param>
internal sealed record EmittedText(int Indent, byte[] Utf8);
