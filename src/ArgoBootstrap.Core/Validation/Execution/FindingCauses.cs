namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>
/// The causes that a run has found. What is wrong in a layer that many overlays share is found in each of them; it is one
/// thing to be mended, reported by the first and repeated by the others. Used by one thread.
/// </summary>
internal sealed class FindingCauses
{
    private readonly Dictionary<(string Rule, string File, int Line, int Column, string Cause), FindingCause> _known = [];

    /// <summary>Tells the first finding of each cause from those that repeat it.</summary>
    /// <param name="result">An overlay's result, in the order in which results are written.</param>
    /// <returns>The result with each cause once.</returns>
    public OverlayTestResult Attribute(OverlayTestResult result)
    {
        if (result.Findings.Count == 0)
        {
            return result;
        }

        List<Finding> findings = new(result.Findings.Count);
        HashSet<FindingCause> own = [];
        foreach (Finding finding in result.Findings)
        {
            (string, string, int, int, string) key = (finding.RuleId, finding.File, finding.Line, finding.Column, finding.Cause ?? finding.Message);
            if (!_known.TryGetValue(key, out FindingCause? cause))
            {
                _known.Add(key, cause = new FindingCause(result.Overlay));
                own.Add(cause);
                findings.Add(finding with { Reach = cause });
            }
            else if (own.Add(cause))
            {
                cause.Reach(result.Overlay);
                findings.Add(finding with { RepeatOf = cause.First });
            }
        }

        return result with { Findings = findings };
    }
}
