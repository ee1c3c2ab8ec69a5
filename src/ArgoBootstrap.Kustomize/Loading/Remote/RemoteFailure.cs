namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Why something could not be fetched, as far as it matters for what to do next.</summary>
internal enum RemoteFailure
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>The host is overloaded or the connection broke: another attempt may help.</summary>
    Network,

    /// <summary>The network does not lead to the host, or it refuses the connection: another attempt may help.</summary>
    Unreachable,

    /// <summary>The host has not begun to answer in the time that there is.</summary>
    NoAnswer,

    /// <summary>The host's name does not resolve.</summary>
    UnknownHost,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>The host wants to know who asks, or does not let them.</summary>
    Authentication,

    /// <summary>There is no such repository, ref or file.</summary>
    NotFound,

    /// <summary>It is not in the cache, and nothing may be fetched.</summary>
    NotCached,

    /// <summary>It leads to this machine or its link, and nothing may be fetched from there.</summary>
    Local,

    /// <summary>A program that is needed is not there.</summary>
    ToolMissing,
}
