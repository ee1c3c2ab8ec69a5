namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A key of a mapping with its value.</summary>
/// <param name="Key">The key. Only string keys can be printed; others are kept so that the error can name them.</param>
/// <param name="Value">The value.</param>
public readonly record struct MappingEntry(ScalarNode Key, YamlNode Value);
