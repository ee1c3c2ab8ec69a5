namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>The names of the parameter sets of cmdlets that take paths.</summary>
internal static class PathParameterSets
{
    /// <summary>Paths with wildcards.</summary>
    public const string Path = nameof(Path);

    /// <summary>Paths as they are.</summary>
    public const string LiteralPath = nameof(LiteralPath);
}
