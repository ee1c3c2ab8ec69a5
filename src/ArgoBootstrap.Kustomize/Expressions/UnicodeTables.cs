using System.Collections.Concurrent;
using System.Globalization;

namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>
/// What Unicode says of characters: those of each category and script, and which differ in case only. The tables are those
/// of the Go version that kustomize is released with, whatever .NET the engine runs on, from the resource <c>unicode-15.0.txt</c>.
/// </summary>
internal static class UnicodeTables
{
    private const string Folding = "fold";
    private static readonly Lazy<Dictionary<string, string>> Lines = new(Load);
    private static readonly Lazy<(int Rune, int[] Others)[]> Cases = new(LoadCases);
    private static readonly ConcurrentDictionary<string, RuneSet> Classes = new(StringComparer.Ordinal);

    /// <summary>The characters of a category or script; null when there is no such one.</summary>
    /// <param name="name">Its name as Go writes it: <c>L</c>, <c>Lu</c>, <c>Greek</c>, <c>Any</c>.</param>
    public static RuneSet? Class(string name)
    {
        if (name == "Any")
        {
            return RuneSet.Any;
        }
        if (Classes.TryGetValue(name, out RuneSet? known))
        {
            return known;
        }
        return name != Folding && Lines.Value.TryGetValue(name, out string? line) ? Classes.GetOrAdd(name, Read(line)) : null;
    }

    /// <summary>Hands out the characters that differ in case only from one of a range.</summary>
    /// <param name="first">First character of the range.</param>
    /// <param name="last">Last character of the range.</param>
    /// <param name="add">Takes a character, perhaps more than once.</param>
    public static void AddCases(int first, int last, Action<int> add)
    {
        (int Rune, int[] Others)[] cases = Cases.Value;
        int low = 0;
        int high = cases.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = cases[middle].Rune < first ? (middle + 1, high) : (low, middle);
        }
        for (; low < cases.Length && cases[low].Rune <= last; low++)
        {
            foreach (int other in cases[low].Others)
            {
                add(other);
            }
        }
    }

    private static Dictionary<string, string> Load()
    {
        using Stream stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode-15.0.txt")
            ?? throw new InvalidOperationException("The assembly was built without its Unicode tables.");
        using var reader = new StreamReader(stream);
        var lines = new Dictionary<string, string>(256, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            lines.Add(line[..blank], line[(blank + 1)..]);
        }
        return lines;
    }

    private static RuneSet Read(string line)
    {
        var set = new RuneSetBuilder();
        foreach (string range in line.Split(' '))
        {
            string[] step = range.Split('/');
            string[] ends = step[0].Split('-');
            int first = Hexadecimal(ends[0]);
            int last = Hexadecimal(ends[^1]);
            if (step.Length == 1)
            {
                set.Add(first, last);
                continue;
            }
            for (int rune = first; rune <= last; rune += Hexadecimal(step[1]))
            {
                set.Add(rune, rune);
            }
        }
        return set.Build();
    }

    private static (int Rune, int[] Others)[] LoadCases()
    {
        List<(int Rune, int[] Others)> cases = new(3000);
        foreach (string orbit in Lines.Value[Folding].Split(' '))
        {
            int[] runes = [.. orbit.Split(',').Select(Hexadecimal)];
            cases.AddRange(runes.Select(rune => (rune, runes.Where(other => other != rune).ToArray())));
        }
        return [.. cases.OrderBy(entry => entry.Rune)];
    }

    private static int Hexadecimal(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
