using System.Diagnostics.CodeAnalysis;
using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>Puts results into the order of the overlays: overlays that others wait for are rendered before their turn.</summary>
/// <param name="targets">The overlays.</param>
internal sealed class ResultOrder(IReadOnlyList<OverlayTarget> targets)
{
    private readonly Dictionary<string, OverlayTestResult> _early = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Takes results, in any order.</summary>
    /// <param name="results">The results.</param>
    public void Add(IEnumerable<OverlayTestResult> results)
    {
        foreach (OverlayTestResult result in results)
        {
            _early.Add(result.Path, result);
        }
    }

    /// <summary>Gives the result whose turn it is.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryTake([NotNullWhen(true)] out OverlayTestResult? result)
    {
        result = null;
        if (_next == targets.Count || !_early.Remove(targets[_next].Path, out result))
        {
            return false;
        }

        _next++;
        return true;
    }
}
