namespace ArgoBootstrap.Kustomize.Fuzz.Trees;

/// <summary>Scalars, most of them odd: those on which YAML 1.1, YAML 1.2, JSON and Go disagree.</summary>
internal static class Scalars
{
    private static readonly string[] Plain =
    [
        "yes", "no", "on", "off", "y", "n", "Y", "N", "true", "True", "FALSE", "null", "~", "Null", "", "0777", "0o17", "0xFF", "0b11", "1_000", "1e3", "1E5", "1.0", "1.50",
        "-0", "-0.0", "+1", "+.5", ".5", ".inf", "-.Inf", ".nan", "1e400", "12345678901234567890", "123456789012345678901", "9007199254740993", "-9223372036854775808",
        "1000000", "1e6", "1234567.5", "0.0001", "0.00001", "12:30", "12:30:45", "190:20:30", "2020-01-02", "2020-01-02T03:04:05Z", "2020-1-2", "2001-12-14 21:59:43.10 -5",
        "=", "<<", "-", "--", "---a", "...", "a#b", "a:b", "http://x/y?z=1&w=2", "a b", "caf\u00e9", "\u65e5\u672c", "\U0001F600", "a\u00a0b", "$(VAR)", "$$(VAR)", "$(A)$(B)", "v1.2.3",
        "1.2.3", "08", "0.", "1.", "e3", "0x", "0o8", "_1", "1__0", "+", "?a", "-a", ":a", "a:", "\\n", "%d", "!!str 12", "!!int \"7\"", "!!float 3", "!!binary aGk=", "!custom v", "!!str",
        "Infinity", "NaN", "0e0", "1e+06", "0x1p4", "1_2.3_4", "0b", "-1", "65536", "2147483648", "100m", "1Gi", "50%", "a  b",
    ];

    private static readonly string[] Quoted =
    [
        "\"yes\"", "'no'", "\"12\"", "'1e3'", "\"\"", "''", "'null'", "\"~\"", "\"true\"", "'0777'", "\"2020-01-02\"", "'it''s'", "\"tab\\there\"", "\"line\\nbreak\"", "\"line\\n\"",
        "\"\\nlead\"", "\" lead\"", "\"trail \"", "\"trail \\nx\"", "\"a: b\"", "'# no comment'", "\"a #b\"", "\"{a}\"", "'[b]'", "\"*c\"", "'&d'", "\"!e\"", "\"%f\"", "'@g'", "\"`h`\"",
        "\"\\U0001F600\"", "\"\\u00e9\"", "\"\\x07\"", "\"\\u2028\"", "\"\\ufeff\"", "\"\\r\\n\"", "\"a\\rb\"", "\"\\e\"", "\"\\0\"", "\"-\"", "\"- a\"", "\"? a\"", "\": a\"", "\"a:\"", "\"<<\"", "\"=\"",
        "'\"'", "\"'\"", "\"\\\\\"", "\"a\\tb\\nc\"", "\"\\n\"", "\"\\n\\n\"", "\"a\\n\\nb\\n\\n\"", "\"---\"", "\"--- a\"", "\"...\"", "\"1 \"", "\"0x1F\"", "\"12:30\"", "'[1,2]'", "'{\"b\":1,\"a\":[2]}'", "\"<a>&b</a>\"",
        "\"the quick brown fox jumps over the lazy dog and then goes on to jump over many other lazy dogs, one by one\"",
        "'the quick brown fox: jumps over the lazy dog and then goes on to jump over many other lazy dogs,  one by one'",
        "\"averyveryveryveryverylongwordwithoutanyblankatallthatgoesonandonandonbeyondtheeightiethcolumn and more\"",
    ];

    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "nginx", "value", "one", "two", "x", "prod", "8080", "some-text", "a.b/c"];

    private static readonly string[] Lines =
        ["first line", "  indented", "", "key: value", "- item", "# not a comment", "tab\there", "trailing ", "\u00e9\u65e5", "\U0001F600", "--- x", "a: [1, 2]", "{\"a\": 1}", "x=y", "\tlead", "a\\b", "$(VAR)", "100%"];

    private static readonly string[] Headers = ["|", "|-", "|+", ">", ">-", ">+"];

    /// <summary>A scalar of any kind.</summary>
    public static Model Any(Dice dice) => dice.Below(10) switch
    {
        < 3 => dice.From(Words),
        < 6 => dice.From(Plain),
        < 9 => dice.From(Quoted),
        _ => Literal(dice),
    };

    /// <summary>A scalar that is a string whoever reads it.</summary>
    public static Model Text(Dice dice) => dice.Below(10) switch
    {
        < 4 => dice.From(Words.AsSpan(0, 7).ToArray()),
        < 9 => dice.From(Quoted),
        _ => Literal(dice),
    };

    /// <summary>A value as YAML text on one line.</summary>
    public static string Line(Dice dice) => dice.Percent(50) ? dice.From(Plain) : dice.From(Quoted);

    /// <summary>A key of a mapping.</summary>
    public static string Key(Dice dice) => dice.Below(60) switch
    {
        0 => dice.Of("\"yes\"", "'12'", "\"a b\"", "'x: y'", "\"true\"", "'1.5'", "\"~\"", "\"\\n\"", "\"null\"", "'0x1'", "\"2020-01-02\""),
        1 => dice.Of("yes", "on", "n", "<", "=", "a b", "caf\u00e9", "\U0001F600", "_x", "-a", "0x", "1.2.3", "~a"),
        2 when dice.Percent(30) => dice.Of("12", "true", "1.5", "null", "2020-01-02"),
        < 12 => dice.Of("b9", "b10", "B1", "a_b", "a.b", "a-b", "a1b2", "a01", "Z", "\u00e9", "example.com/role", "with/slash", "x.y/z~w"),
        _ => dice.Of("app", "tier", "role", "team", "env", "key", "config.txt", "data", "a", "b", "c"),
    };

    private static Block Literal(Dice dice)
    {
        var lines = new List<string>();
        int count = dice.Between(1, 4);
        for (int i = 0; i < count; i++)
        {
            lines.Add(dice.Percent(50) ? "some text" : dice.From(Lines));
        }
        // Without an indentation indicator the first line may not begin with a blank.
        lines[0] = lines[0].TrimStart() is { Length: > 0 } first ? first : "text";
        if (dice.Percent(10))
        {
            lines.Add("");
        }
        return new Block(dice.From(Headers), lines);
    }
}
