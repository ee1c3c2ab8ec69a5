namespace ArgoBootstrap.Clusters.Objects;

/// <summary>A field that differs.</summary>
/// <param name="Path">Its path: <c>spec.template.spec.containers[name=server].image</c>.</param>
/// <param name="Before">Its value as YAML (or JSON, which is YAML); text of several lines as it is; null when it is not there. Secrets are masked.</param>
/// <param name="After">Its value, likewise; null when it is not there.</param>
public sealed record FieldChange(string Path, string? Before, string? After)
{
    /// <summary>Where <see cref="Before"/> was read, <c>file:line:column</c> from the repository's root; null where no file says it.</summary>
    public string? BeforeSource { get; init; }

    /// <summary>Where <see cref="After"/> was read, likewise.</summary>
    public string? AfterSource { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
