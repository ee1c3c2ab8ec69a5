using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>
/// What becomes of the text of a folded scalar (<c>&gt;</c>) when go-yaml v3 writes it and reads it again, as kustomize does
/// before it prints. Lines that are indented further, and line ends kept by <c>&gt;+</c>, do not survive that unchanged;
/// whoever wants kustomize's bytes has to repeat it.
/// </summary>
internal static class FoldedText
{
    /// <summary>The text after it was written and read.</summary>
    /// <param name="text">The text as it was first read.</param>
    internal static string PassThroughV3(string text)
    {
        return text.Contains('\n') && ScalarAnalysis.Of(text, tabsInBlocks: true).Block ? Read(Write(text), Chomping(text)) : text;
    }

    /// <summary>The lines that v3 writes: a line end is doubled unless the line, or the whole text, begins with a blank.</summary>
    internal static string Write(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart('\n');
        bool textBeginsBlank = start.Length == 0 || start[0] is ' ' or '\t';
        var result = new StringBuilder(text.Length + 16);
        bool breaks = true;
        bool leadingBlank = true;
        foreach (char c in text)
        {
            if (c == '\n')
            {
                if (!breaks && !leadingBlank && !textBeginsBlank)
                {
                    result.Append('\n');
                }
                breaks = true;
            }
            else
            {
                leadingBlank = breaks ? c is ' ' or '\t' : leadingBlank;
                breaks = false;
            }
            result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>The chomping indicator that v3 writes: -1 strip, 0 clip, 1 keep.</summary>
    private static int Chomping(string text) =>
        text[^1] != '\n' ? -1 : text.Length == 1 || text[^2] == '\n' ? 1 : 0;

    private static string Read(string lines, int chomping)
    {
        var result = new StringBuilder(lines.Length);
        string pending = "";
        int emptyLines = 0;
        bool previousBlank = false;
        foreach (string line in lines.Split('\n')[..^(lines.EndsWith('\n') ? 1 : 0)])
        {
            if (line.Length == 0)
            {
                emptyLines++;
                continue;
            }
            bool blank = line[0] is ' ' or '\t';
            if (!previousBlank && !blank && pending.Length > 0)
            {
                result.Append(emptyLines == 0 ? " " : "");
            }
            else
            {
                result.Append(pending);
            }
            result.Append('\n', emptyLines).Append(line);
            emptyLines = 0;
            previousBlank = blank;
            pending = "\n";
        }
        if (!lines.EndsWith('\n'))
        {
            pending = "";
        }
        if (chomping >= 0)
        {
            result.Append(pending);
        }
        return chomping == 1 ? result.Append('\n', emptyLines).ToString() : result.ToString();
    }
}
