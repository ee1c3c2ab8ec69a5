namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>Characters that look like others, or like nothing, and are not what YAML or a path needs: what editors, web pages and chats put in.</summary>
internal static class CharacterNames
{
    /// <summary>What a character is called, with its code point; null for one that does not deceive.</summary>
    /// <param name="c">The character.</param>
    public static string? Of(char c) => c switch
    {
        '\u00A0' => "a no-break space (U+00A0)",
        '\u2007' or '\u202F' or '\u3000' or (>= '\u2000' and <= '\u200A') or '\u205F' => $"a space of another width (U+{(int)c:X4})",
        '\u200B' or '\u200C' or '\u200D' or '\u2060' => $"an invisible character (U+{(int)c:X4})",
        '\u00AD' => "a soft hyphen (U+00AD)",
        '\uFEFF' => "a byte order mark (U+FEFF)",
        '\u201C' or '\u201D' or '\u201E' => $"the typographic quote {c} (U+{(int)c:X4})",
        '\u2018' or '\u2019' or '\u201A' => $"the typographic quote {c} (U+{(int)c:X4})",
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => $"the dash {c} (U+{(int)c:X4})",
        '\uFF1A' => "the wide colon \uFF1A (U+FF1A)",
        _ => null,
    };

    /// <summary>The character that was meant; null for none at all.</summary>
    /// <param name="c">A character that has a name here.</param>
    public static char? Meant(char c) => c switch
    {
        '\u201C' or '\u201D' or '\u201E' => '"',
        '\u2018' or '\u2019' or '\u201A' => '\'',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        '\uFF1A' => ':',
        '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\u00AD' or '\uFEFF' => null,
        _ => ' ',
    };

    /// <summary>Whether a character is a typographic quote.</summary>
    /// <param name="c">The character.</param>
    public static bool IsQuote(char c) => c is '\u201C' or '\u201D' or '\u201E' or '\u2018' or '\u2019' or '\u201A';

    /// <summary>The place of the first character of a text that deceives; -1 for none.</summary>
    /// <param name="text">The text.</param>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F && Of(text[i]) is not null)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The text with what was meant in place of every character that deceives, without blanks and quotes around it.</summary>
    /// <param name="text">The text.</param>
    public static string Cleaned(string text) =>
        string.Concat(text.Where(c => Of(c) is null || Meant(c) is not null).Select(c => Of(c) is null ? c : Meant(c)!.Value)).Trim().Trim('"', '\'').Trim();
}
