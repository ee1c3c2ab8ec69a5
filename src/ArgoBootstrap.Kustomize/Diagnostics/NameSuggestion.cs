namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NameSuggestion
{
    private const int MaximumLength = 64;

    /// <summary>The candidate nearest to a name by the number of letters to change, swap, add or drop.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    /// <returns>The nearest candidate, or null when none is near: at most a third of the letters may differ.</returns>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > MaximumLength)
        {
            return null;
        }
        string? best = null;
        int bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            if (candidate.Length > MaximumLength || Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>The sentence that suggests the nearest candidate, with a blank before it; empty when none is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What could have been meant.</param>
    public static string Sentence(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is string nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>Optimal string alignment distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
            (beforeLast, last) = (last, row);
        }
        return last[b.Length];
    }
}
