using System.Buffers;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>In which styles a text can be written; the rules of libyaml's emitter as go-yaml has them.</summary>
/// <param name="Plain">Without quotes.</param>
/// <param name="FlowPlain">Without quotes inside brackets.</param>
/// <param name="Single">In single quotes.</param>
/// <param name="Block">As a literal block.</param>
/// <param name="Multiline">Whether it holds line breaks.</param>
internal readonly record struct ScalarAnalysis(bool Plain, bool FlowPlain, bool Single, bool Block, bool Multiline)
{
    // Letters, digits and what never matters: a text of these alone is plain, whatever the order.
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./+=$()^~;<\\");

    /// <summary>Analyses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tabsInBlocks">Whether a literal block may hold tabs: in v3 it may, in v2 it may not.</param>
    internal static ScalarAnalysis Of(ReadOnlySpan<char> text, bool tabsInBlocks = false)
    {
        if (text.Length == 0)
        {
            return new ScalarAnalysis(true, false, true, false, false);
        }
        if (text[0] != '-' && !text.ContainsAnyExcept(Harmless) && !text.StartsWith("..."))
        {
            return new ScalarAnalysis(true, true, true, true, false);
        }
        bool indicators = text.StartsWith("---") || text.StartsWith("...");
        bool flowIndicators = indicators;
        bool breaks = false;
        bool tabs = false;
        bool special = false;
        bool breakSpace = false;
        bool spaceBreak = false;
        bool previousSpace = false;
        bool previousBreak = false;
        bool afterWhite = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool beforeBlank = i + 1 >= text.Length || text[i + 1] is ' ' or '\t';
            indicators |= c switch
            {
                ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => i == 0,
                '?' or '-' => i == 0 && beforeBlank,
                ':' => beforeBlank,
                '#' => afterWhite,
                _ => false,
            };
            flowIndicators |= c is ',' or '?' or '[' or ']' or '{' or '}' or ':';
            tabs |= c == '\t';
            special |= !IsPrintable(c) && !(c == '\t' && tabsInBlocks);
            bool isBreak = IsBreak(c);
            if (c == ' ')
            {
                breakSpace |= previousBreak;
            }
            else if (isBreak)
            {
                breaks = true;
                spaceBreak |= previousSpace;
            }
            previousSpace = c == ' ';
            previousBreak = isBreak;
            afterWhite = isBreak || c is ' ' or '\t' or '\0';
        }
        bool edges = text[0] == ' ' || IsBreak(text[0]) || text[^1] == ' ' || IsBreak(text[^1]);
        bool unquotable = breakSpace || spaceBreak || special || tabs;
        bool plain = !edges && !unquotable && !breaks && !indicators;
        return new ScalarAnalysis(
            Plain: plain,
            FlowPlain: plain && !flowIndicators,
            Single: !unquotable,
            Block: text[^1] != ' ' && !spaceBreak && !special,
            Multiline: breaks);
    }

    /// <summary>Whether a character ends a line in YAML 1.1.</summary>
    /// <param name="c">The character.</param>
    internal static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Whether v2 prints a character as it is. Characters beyond 16 bits are not among them.</summary>
    /// <param name="c">The character, or one half of a pair.</param>
    internal static bool IsPrintable(char c) =>
        c is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');
}
