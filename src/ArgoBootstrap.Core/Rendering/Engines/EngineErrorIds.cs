namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>The stable names of what programs that render overlays have to say. Each has a page in docs/rules.</summary>
public static class EngineErrorIds
{
    /// <summary>The program could not render an overlay, or could not be run.</summary>
    public const string EngineFailed = nameof(EngineFailed);

    /// <summary>The program warned of something.</summary>
    public const string EngineWarning = nameof(EngineWarning);
}
