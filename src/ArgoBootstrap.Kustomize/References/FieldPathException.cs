using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>A field path cannot be followed. Caught by whoever knows what the path is for.</summary>
/// <param name="message">Why, as the end of a sentence.</param>
/// <param name="at">The node where it ended.</param>
internal sealed class FieldPathException(string message, YamlNode at) : Exception(message)
{
    /// <summary>The node where the path ended.</summary>
    public YamlNode At { get; } = at;
}
