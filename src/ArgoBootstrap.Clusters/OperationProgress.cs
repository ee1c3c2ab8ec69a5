namespace ArgoBootstrap.Clusters;

/// <summary>How far an operation is.</summary>
/// <param name="Activity">What is done: <c>Applying apps/system/overlays/prod/dc11a/argocd</c>.</param>
/// <param name="Message">What has just happened; without secrets.</param>
/// <param name="Done">Parts that are done.</param>
/// <param name="Total">Parts in all; 0 when that is not known.</param>
public sealed record OperationProgress(string Activity, string Message, int Done = 0, int Total = 0)
{
    /// <summary>In a bootstrap, the cluster that it is about: <c>prod/dc11a</c>. Otherwise empty.</summary>
    public string Target { get; init; } = "";
}

/// <summary>Hands progress on at once, in the thread that reports it.</summary>
internal sealed class ProgressRelay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);

    public static IProgress<T>? To(IProgress<OperationProgress>? target, Func<T, OperationProgress> translate) =>
        target is null ? null : new ProgressRelay<T>(value => target.Report(translate(value)));
}
