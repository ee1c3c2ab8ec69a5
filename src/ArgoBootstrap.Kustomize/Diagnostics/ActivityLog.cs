namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>How closely an entry of the activity log looks.</summary>
public enum ActivityLevel
{
    /// <summary>Something that is decided or done: a request, a program that is started, another try.</summary>
    Step,

    /// <summary>What a step is made of: a file that is read, a result that is used again.</summary>
    Detail,
}

/// <summary>
/// Tells whoever called what is done and decided meanwhile. The listener belongs to the flow of the call: it hears what other
/// threads do for it, and nothing of other calls. Where nobody listens, no text is made.
/// </summary>
public static class ActivityLog
{
    private static readonly AsyncLocal<Listener?> Current = new();

    /// <summary>Listens until the result is disposed of, in this flow and all that it starts.</summary>
    /// <param name="deepest">The deepest level that is wanted.</param>
    /// <param name="listener">Takes the entries; called by many threads. Texts may hold what a caller has to mask.</param>
    public static IDisposable Listen(ActivityLevel deepest, Action<ActivityLevel, string> listener)
    {
        Scope scope = new(Current.Value);
        Current.Value = new Listener(deepest, listener);
        return scope;
    }

    /// <summary>Whether somebody listens to a level.</summary>
    /// <param name="level">The level.</param>
    public static bool IsHeard(ActivityLevel level) => Current.Value is { } listener && level <= listener.Deepest;

    /// <summary>Tells of a step.</summary>
    /// <param name="text">What is done; made only where somebody listens.</param>
    public static void Step(FormattableString text) => Tell(ActivityLevel.Step, text);

    /// <summary>Tells of a detail.</summary>
    /// <param name="text">What is done; made only where somebody listens.</param>
    public static void Detail(FormattableString text) => Tell(ActivityLevel.Detail, text);

    private static void Tell(ActivityLevel level, FormattableString text)
    {
        if (Current.Value is { } listener && level <= listener.Deepest)
        {
            listener.Tell(level, FormattableString.Invariant(text));
        }
    }

    private sealed record Listener(ActivityLevel Deepest, Action<ActivityLevel, string> Tell);

    private sealed class Scope(Listener? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
