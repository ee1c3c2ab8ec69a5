using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>How objects are waited for.</summary>
public sealed record WaitOptions
{
    /// <summary>How long to wait in all.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Namespace of objects that name none; empty for the context's.</summary>
    public string DefaultNamespace { get; init; } = "";
}

/// <summary>What became of the wait for all objects.</summary>
/// <param name="Objects">One result per object, in the given order.</param>
/// <param name="Duration">How long it took.</param>
public sealed record WaitResult(IReadOnlyList<ObjectWaitResult> Objects, TimeSpan Duration)
{
    /// <summary>Whether everything became as it was waited for.</summary>
    public bool Succeeded => Objects.All(o => o.Outcome == WaitOutcome.Done);
}

/// <summary>How a wait ended.</summary>
public enum WaitOutcome : long
{
    /// <summary>The object is ready, or gone when that was waited for.</summary>
    Done,

    /// <summary>The object failed for good.</summary>
    Failed,

    /// <summary>Time was up.</summary>
    TimedOut,
}

/// <summary>What became of the wait for one object.</summary>
/// <param name="Reference">The object.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">Its last state.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ObjectWaitResult(ObjectReference Reference, WaitOutcome Outcome, string Message, TimeSpan Duration)
{
    /// <summary>Finalizers that keep an object which was waited for to be gone.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>Whether the object was looked at before the time was up.</summary>
    internal bool WasSeen { get; init; }
}

/// <summary>How far a wait is.</summary>
/// <param name="Reference">The object that has changed.</param>
/// <param name="Readiness">How far it is now.</param>
/// <param name="Done">Objects that are done.</param>
/// <param name="Total">Objects in all.</param>
public sealed record WaitProgress(ObjectReference Reference, Readiness Readiness, int Done, int Total);
