namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Who is asked what would change.</summary>
public enum DryRunMode
{
    /// <summary>Nobody: it is changed.</summary>
    None,

    /// <summary>The API server, which answers with every field that would change, and changes nothing.</summary>
    Server,
}
