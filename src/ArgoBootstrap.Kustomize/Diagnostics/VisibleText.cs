using System.Globalization;
using System.Text;

namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>Text from files and programs in a message: a repository must not move a terminal's cursor, nor hide or reorder what a person reads.</summary>
public static class VisibleText
{
    /// <summary>The text with control and reordering characters as escapes, such as <c>\u001B</c>. Line breaks and tabs stay.</summary>
    /// <param name="text">A message.</param>
    public static string Of(string text)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text, first))
        {
            first++;
        }
        if (first == text.Length)
        {
            return text;
        }
        StringBuilder shown = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsHidden(text, i))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }
            else
            {
                shown.Append(text[i]);
            }
        }
        return shown.ToString();
    }

    private static bool IsHidden(string text, int i) => text[i] switch
    {
        '\n' or '\t' => false,
        '\r' => i + 1 == text.Length || text[i + 1] != '\n',
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' => true,
        char c => char.IsControl(c),
    };
}
