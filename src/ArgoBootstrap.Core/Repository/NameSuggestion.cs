namespace ArgoBootstrap.Core.Repository;

/// <summary>Tells what somebody may have meant, for the remedy of an error.</summary>
internal static class NameSuggestion
{
    private const int ShownNames = 10;

    /// <summary>The nearest name as a question, or the names that there are.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    /// <returns>One sentence, such as <c>Did you mean 'prod'? There are: dev, prod.</c></returns>
    public static string For(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
        {
            return "There are none yet.";
        }

        string? nearest = known.MinBy(candidate => Distance(name, candidate));
        string question = nearest is not null && Distance(name, nearest) <= Math.Max(1, name.Length / 3) ? $"Did you mean '{nearest}'? " : "";
        string more = known.Count > ShownNames ? $" and {known.Count - ShownNames} more" : "";
        return $"{question}There are: {string.Join(", ", known.Take(ShownNames))}{more}.";
    }

    /// <summary>Levenshtein's distance: how many characters have to be added, removed or changed.</summary>
    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[^1];
    }
}
