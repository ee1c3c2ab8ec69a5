using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>What became of an object.</summary>
public enum ApplyAction : long
{
    /// <summary>It was not there before.</summary>
    Created,

    /// <summary>It was there and has changed.</summary>
    Configured,

    /// <summary>It was as it should be: its resourceVersion is the same as before.</summary>
    Unchanged,

    /// <summary>It could not be applied.</summary>
    Failed,

    /// <summary>It was not tried, because what it depends on failed.</summary>
    Skipped,
}

/// <summary>What became of all objects, in the order in which they were given.</summary>
/// <param name="Objects">One result per object.</param>
/// <param name="IsDryRun">Whether nothing was changed.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ApplyResult(IReadOnlyList<ObjectApplyResult> Objects, bool IsDryRun, TimeSpan Duration)
{
    /// <summary>Whether every object is as it should be.</summary>
    public bool Succeeded => Objects.All(o => o.Action is not (ApplyAction.Failed or ApplyAction.Skipped));
}

/// <summary>What became of one object.</summary>
public sealed record ObjectApplyResult
{
    /// <summary>The object, with the namespace in which it was applied.</summary>
    public required ObjectReference Reference { get; init; }

    /// <summary>What became of it; in a dry run, what would.</summary>
    public required ApplyAction Action { get; init; }

    /// <summary>Why it failed, or what else there is to know; without secrets.</summary>
    public string Message { get; init; } = "";

    /// <summary>What to do about a failure.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>For a failure, one of <see cref="ClusterErrorIds"/>; otherwise empty.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>Fields that others own, when that is why it failed.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    /// <summary>In a dry run, the fields that would change.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>How many fields would change; 0 but in a dry run.</summary>
    public int ChangeCount => Changes.Count;

    /// <summary>Field managers whose fields were adopted.</summary>
    public IReadOnlyList<string> AdoptedFrom { get; init; } = [];

    /// <summary>Fields that went away because they were adopted and are not applied; in a dry run, those that would.</summary>
    public IReadOnlyList<FieldRemoval> RemovedFields { get; init; } = [];

    /// <summary>The object's resourceVersion afterwards; empty when there is none.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The object's uid; empty when there is none.</summary>
    public string Uid { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Reference}: {Action}{(Message.Length > 0 ? $" ({Message})" : "")}";
}

/// <summary>A field that somebody else owns with another value.</summary>
/// <param name="Field">Its path, as the server gives it: <c>.spec.replicas</c>.</param>
/// <param name="Manager">Who owns it.</param>
public sealed record FieldConflict(string Field, string Manager)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field} (owned by {Manager})";
}

/// <summary>A field that adopting takes away: somebody else set it, and what is applied does not name it.</summary>
/// <param name="Field">Its path, as the server writes it: <c>.data.url</c>.</param>
/// <param name="Manager">Who set it.</param>
public sealed record FieldRemoval(string Field, string Manager)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field} (set by {Manager})";
}

/// <summary>How far an apply is.</summary>
/// <param name="Latest">The result that has just come in.</param>
/// <param name="Done">Objects that are done.</param>
/// <param name="Total">Objects in all.</param>
public sealed record ApplyProgress(ObjectApplyResult Latest, int Done, int Total);
