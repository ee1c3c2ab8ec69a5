namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>How far an object is.</summary>
public enum ReadinessState : long
{
    /// <summary>On its way.</summary>
    InProgress,

    /// <summary>Done.</summary>
    Ready,

    /// <summary>It will not become ready by itself.</summary>
    Failed,
}

/// <summary>How far an object is, and what it waits for.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Message">What it waits for, or why it failed.</param>
public readonly record struct Readiness(ReadinessState State, string Message)
{
    internal static Readiness Ready(string message) => new(ReadinessState.Ready, message);

    internal static Readiness InProgress(string message) => new(ReadinessState.InProgress, message);

    internal static Readiness Failed(string message) => new(ReadinessState.Failed, message);
}
