namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity : long
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Works today, but should be changed.</summary>
    Warning,

    /// <summary>The overlay cannot be rendered, or what it renders is wrong.</summary>
    Error,
}
