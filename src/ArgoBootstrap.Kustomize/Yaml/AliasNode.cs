namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>An alias that stands for itself, in the few trees that are read without expanding aliases and merge keys.</summary>
/// <param name="target">The node that its anchor names.</param>
/// <param name="position">Where the alias is written.</param>
internal sealed class AliasNode(YamlNode target, SourcePosition position) : YamlNode(position)
{
    /// <summary>The node that its anchor names.</summary>
    public YamlNode Target => target;

    /// <inheritdoc/>
    public override string KindName => "alias";
}
