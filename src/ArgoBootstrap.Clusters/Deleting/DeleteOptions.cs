using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Deleting;

/// <summary>How objects are deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>What happens to what an object owns: <c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string Propagation { get; init; } = "Background";

    /// <summary>How long to wait until the objects are gone; zero to return once the server has accepted.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Asks the server what it would do, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Namespace of objects that name none; empty for the context's.</summary>
    public string DefaultNamespace { get; init; } = "";

    /// <summary>How many objects are deleted at once.</summary>
    public int Parallelism { get; init; } = 8;
}

/// <summary>What became of an object that was to be deleted.</summary>
public enum DeleteAction : long
{
    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>It was not there.</summary>
    NotFound,

    /// <summary>The server has accepted, and the object still waits for finalizers or for its content to go.</summary>
    Terminating,

    /// <summary>It could not be deleted.</summary>
    Failed,
}

/// <summary>What became of one object.</summary>
/// <param name="Reference">The object.</param>
/// <param name="Action">What became of it; in a dry run, what would.</param>
/// <param name="Message">Why it failed or what it waits for; without secrets.</param>
public sealed record ObjectDeleteResult(ObjectReference Reference, DeleteAction Action, string Message)
{
    /// <summary>Whether the server has accepted to delete it; in a dry run, whether it would.</summary>
    internal bool IsChange => Action is DeleteAction.Deleted or DeleteAction.Terminating;

    /// <summary>Finalizers that the object waits for.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>For a failure, one of <see cref="ClusterErrorIds"/>; otherwise empty.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>What to do about it.</summary>
    public string Remedy { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Reference}: {Action}{(Message.Length > 0 ? $" ({Message})" : "")}";
}

/// <summary>What is to be deleted.</summary>
/// <param name="Reference">The object.</param>
/// <param name="Uid">Its uid, so that an object of the same name that was made since is spared; empty to delete whatever has the name.</param>
public readonly record struct DeleteTarget(ObjectReference Reference, string Uid = "");
