namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>The parts of a container image reference, split where kustomize splits it.</summary>
/// <param name="Name">Registry and repository.</param>
/// <param name="Tag">Tag; empty when there is none.</param>
/// <param name="Digest">Digest with its algorithm; empty when there is none.</param>
internal readonly record struct ImageReference(string Name, string Tag, string Digest)
{
    /// <summary>Splits a reference. Separators count only after the first slash, so that a registry's port is not a tag.</summary>
    /// <param name="image">The reference.</param>
    public static ImageReference Parse(string image)
    {
        int slash = Math.Max(0, image.IndexOf('/', StringComparison.Ordinal));
        int at = image.IndexOf('@', slash);
        int colon = image.IndexOf(':', slash);
        if (at < 0 && colon < 0)
        {
            return new(image, "", "");
        }
        if (at >= 0 && (colon < 0 || at < colon))
        {
            return new(image[..at], "", image[(at + 1)..]);
        }
        return at < 0
            ? new(image[..colon], image[(colon + 1)..], "")
            : new(image[..colon], image[(colon + 1)..at], image[(at + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => Name + (Tag.Length > 0 ? ":" + Tag : "") + (Digest.Length > 0 ? "@" + Digest : "");
}
