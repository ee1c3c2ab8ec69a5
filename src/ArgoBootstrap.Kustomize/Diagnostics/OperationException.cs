namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>
/// An operation cannot be carried out: because of what was asked for, the repository, a program or a cluster. What is wrong with
/// the content of a kustomization is a <see cref="KustomizeException"/>. The text never holds a secret.
/// </summary>
public sealed class OperationException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="id">The stable name of the error, from the list of ids of the library that throws.</param>
    /// <param name="message">What is wrong, in one sentence that names the thing.</param>
    /// <param name="remedy">What to do about it, as an instruction.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public OperationException(string id, string message, string remedy, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Remedy = remedy;
    }

    /// <summary>Makes an exception about a path or a name.</summary>
    /// <param name="id">The stable name of the error, from the list of ids of the library that throws.</param>
    /// <param name="message">What is wrong, in one sentence that names the thing.</param>
    /// <param name="remedy">What to do about it, as an instruction.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="inner">What was caught, if anything.</param>
    public OperationException(string id, string message, string remedy, string target, Exception? inner = null)
        : this(id, message, remedy, inner) => Target = target;

    /// <summary>The stable name of the error.</summary>
    public string Id { get; }

    /// <summary>What to do about it, as an instruction.</summary>
    public string Remedy { get; }

    /// <summary>What the error is about: a path or a name; empty when it is about a server.</summary>
    public string Target { get; } = "";

    /// <summary>The HTTP status that a server answered with; 0 when none did.</summary>
    public int StatusCode { get; init; }

    /// <summary>The <c>reason</c> of an API server's answer; empty when it gave none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The context through which a cluster was used; empty when it is not known.</summary>
    public string Context { get; init; } = "";

    /// <summary>The server's address; empty when it is not known.</summary>
    public string Server { get; init; } = "";

    /// <summary>Whether the call that failed had changed something on the cluster before; what it changed stays.</summary>
    public bool Changed { get; internal set; }

    /// <summary>Whether the time of the whole call is up, so that whatever else is asked would fail in the same way.</summary>
    internal bool EndsCall { get; init; }
}
