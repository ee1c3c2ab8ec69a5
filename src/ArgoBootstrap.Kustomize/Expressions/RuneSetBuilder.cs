namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>Puts a <see cref="RuneSet"/> together.</summary>
internal sealed class RuneSetBuilder
{
    private readonly List<(int First, int Last)> _ranges = [];

    /// <summary>Adds one code point, or a range of them.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="last">The last one.</param>
    /// <param name="ignoreCase">Whether to add those as well that differ from one of them in case only.</param>
    public void Add(int first, int last, bool ignoreCase = false)
    {
        _ranges.Add((first, last));
        if (ignoreCase)
        {
            UnicodeTables.AddCases(first, last, rune => _ranges.Add((rune, rune)));
        }
    }

    /// <summary>Adds a set, or all that is not in it.</summary>
    /// <param name="set">The set.</param>
    /// <param name="negated">Whether to add what is not in it.</param>
    /// <param name="ignoreCase">Whether the set has those code points as well that differ from one of its own in case only.</param>
    public void Add(RuneSet set, bool negated = false, bool ignoreCase = false)
    {
        if (negated)
        {
            var inner = new RuneSetBuilder();
            inner.Add(set, ignoreCase: ignoreCase);
            Add(inner.Build(negated: true));
            return;
        }
        for (int i = 0; i < set.Bounds.Length; i += 2)
        {
            Add(set.Bounds[i], set.Bounds[i + 1], ignoreCase);
        }
    }

    /// <summary>The set of all that was added.</summary>
    /// <param name="negated">Whether to make the set of all that was not added.</param>
    public RuneSet Build(bool negated = false)
    {
        _ranges.Sort();
        List<int> bounds = [];
        foreach ((int first, int last) in _ranges)
        {
            if (bounds.Count > 0 && first <= bounds[^1] + 1)
            {
                bounds[^1] = Math.Max(bounds[^1], last);
            }
            else
            {
                bounds.Add(first);
                bounds.Add(last);
            }
        }
        return new RuneSet([.. negated ? Negated(bounds) : bounds]);
    }

    private static List<int> Negated(List<int> bounds)
    {
        List<int> result = [];
        int next = 0;
        for (int i = 0; i < bounds.Count; i += 2)
        {
            if (next < bounds[i])
            {
                result.Add(next);
                result.Add(bounds[i] - 1);
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= RuneSet.MaxRune)
        {
            result.Add(next);
            result.Add(RuneSet.MaxRune);
        }
        return result;
    }
}
