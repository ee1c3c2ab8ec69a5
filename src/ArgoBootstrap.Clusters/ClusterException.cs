namespace ArgoBootstrap.Clusters;

/// <summary>Something went wrong with a cluster. Its text never holds a secret.</summary>
public sealed class ClusterException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="id">One of <see cref="ClusterErrorIds"/>.</param>
    /// <param name="message">What is wrong, in one sentence that names the thing.</param>
    /// <param name="remedy">What to do about it, as an instruction.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public ClusterException(string id, string message, string remedy, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Remedy = remedy;
    }

    /// <summary>A stable name from <see cref="ClusterErrorIds"/>.</summary>
    public string Id { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>The HTTP status that the server answered with; 0 when it did not answer.</summary>
    public int StatusCode { get; init; }

    /// <summary>The <c>reason</c> of the server's answer; empty when it gave none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The context through which the cluster was used; empty when it is not known.</summary>
    public string Context { get; init; } = "";

    /// <summary>The server's address; empty when it is not known.</summary>
    public string Server { get; init; } = "";

    /// <summary>Whether the call that failed had changed something on the cluster before; what it changed stays.</summary>
    public bool Changed { get; internal set; }

    /// <summary>Whether the time of the whole call is up, so that whatever else is asked would fail in the same way.</summary>
    internal bool EndsCall { get; init; }
}
