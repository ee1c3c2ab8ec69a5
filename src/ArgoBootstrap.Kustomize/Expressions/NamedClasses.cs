namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>The classes of ASCII characters that have a name in regular expressions.</summary>
internal static class NamedClasses
{
    private static readonly RuneSet Digit = Ranges("09");
    private static readonly RuneSet Word = Ranges("09AZ__az");
    private static readonly Dictionary<string, RuneSet> PosixNames = new(StringComparer.Ordinal)
    {
        ["alnum"] = Ranges("09AZaz"),
        ["alpha"] = Ranges("AZaz"),
        ["ascii"] = Ranges("\0\x7f"),
        ["blank"] = Ranges("\t\t  "),
        ["cntrl"] = Ranges("\0\x1f\x7f\x7f"),
        ["digit"] = Digit,
        ["graph"] = Ranges("!~"),
        ["lower"] = Ranges("az"),
        ["print"] = Ranges(" ~"),
        ["punct"] = Ranges("!/:@[`{~"),
        ["space"] = Ranges("\t\r  "),
        ["upper"] = Ranges("AZ"),
        ["word"] = Word,
        ["xdigit"] = Ranges("09AFaf"),
    };

    /// <summary>The class of <c>\d</c>, <c>\s</c> or <c>\w</c>; null for any other letter.</summary>
    /// <param name="letter">The letter.</param>
    public static RuneSet? Perl(char letter) => letter switch
    {
        'd' => Digit,
        's' => Space,
        'w' => Word,
        _ => null,
    };

    /// <summary>The class of <c>[:alpha:]</c> and the like; null when there is no such one.</summary>
    /// <param name="name">The name between the colons.</param>
    public static RuneSet? Posix(string name) => PosixNames.GetValueOrDefault(name);

    // Unlike [:space:], without the vertical tab.
    private static RuneSet Space { get; } = Ranges("\t\n\f\r  ");

    private static RuneSet Ranges(string ends) => new([.. ends.Select(c => (int)c)]);
}
