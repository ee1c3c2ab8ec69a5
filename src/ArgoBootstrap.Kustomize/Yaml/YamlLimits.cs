namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Bounds on what a reader accepts, so that hostile or broken files end in an error and not in a hang.</summary>
public sealed record YamlLimits
{
    /// <summary>The bounds used when none are given.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>Most bytes of one file. 64 MiB unless said otherwise.</summary>
    public long MaximumFileBytes { get; init; } = 64L << 20;

    /// <summary>Most levels of nesting. 512 unless said otherwise.</summary>
    public int MaximumDepth { get; init; } = 512;

    /// <summary>Most nodes that one document may have once its aliases are expanded. 10 million unless said otherwise.</summary>
    public long MaximumExpandedNodes { get; init; } = 10_000_000;
}
