namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Why something could not be fetched, as far as it matters for what to do next.</summary>
internal enum RemoteFailure
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>The host cannot be reached or is overloaded: another attempt may help.</summary>
    Network,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The host wants to know who asks, or does not let them.</summary>
    Authentication,

    /// <summary>There is no such repository, ref or file.</summary>
    NotFound,

    /// <summary>A program that is needed is not there.</summary>
    ToolMissing,
}
