using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>A value with the place where it is written.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Position">Where it is written.</param>
public readonly record struct Located<T>(T Value, SourcePosition Position)
{
    /// <inheritdoc/>
    public override string ToString() => Value?.ToString() ?? "";
}
