using ArgoBootstrap.Kustomize;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>One thing to be mended, and the overlays of a run that it reaches. One thread adds while others may read.</summary>
/// <param name="first">The overlay that reported it first.</param>
internal sealed class FindingCause(string first)
{
    private volatile string[] _overlays = [first];
    private volatile int _count = 1;

    /// <summary>The overlay that reported it first.</summary>
    public string First => _overlays[0];

    /// <summary>The overlays that it has reached so far, in the order of their results. A copy.</summary>
    public IReadOnlyList<string> Overlays
    {
        get
        {
            // In this order: an array that is read later holds at least as many.
            int count = _count;
            return new ValueList<string>(_overlays.Take(count));
        }
    }

    /// <summary>Adds an overlay that it reaches as well.</summary>
    /// <param name="overlay">What the overlay is called.</param>
    public void Reach(string overlay)
    {
        string[] overlays = _overlays;
        if (_count == overlays.Length)
        {
            Array.Resize(ref overlays, overlays.Length * 2);
        }

        overlays[_count] = overlay;
        _overlays = overlays;
        _count++;
    }
}
