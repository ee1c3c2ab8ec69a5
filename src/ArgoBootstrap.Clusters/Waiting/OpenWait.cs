using System.Collections.Concurrent;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>Something that a call waits for.</summary>
/// <param name="Target">What it is, such as <c>Deployment web in namespace shop</c>.</param>
/// <param name="State">The state that was seen last.</param>
public readonly record struct OpenWait(string Target, string State)
{
    private const int MostNamed = 3;

    /// <inheritdoc/>
    public override string ToString() => $"{Target} ({State})";

    /// <summary>Names the first few of several waits.</summary>
    /// <param name="waits">The waits.</param>
    public static string Describe(IReadOnlyList<OpenWait> waits) =>
        string.Join(", ", waits.Take(MostNamed)) + (waits.Count > MostNamed ? $" and {waits.Count - MostNamed} more" : "");
}

/// <summary>
/// Everything that a call waits for, with the states that were seen last. The time of a call may end in any request: what it
/// waited for by then says more than the request that happened to be on its way.
/// </summary>
internal sealed class OpenWaits
{
    private readonly ConcurrentDictionary<string, string> _states = new(StringComparer.Ordinal);

    /// <summary>The waits, sorted by what they are for.</summary>
    public IReadOnlyList<OpenWait> All => [.. _states.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new OpenWait(s.Key, s.Value))];

    /// <summary>Notes what is waited for, or that its state has changed.</summary>
    public void Note(string target, string state) => _states[target] = state;

    /// <summary>Notes that something is not waited for any more.</summary>
    public void End(string target) => _states.TryRemove(target, out _);
}
