using System.Text;

namespace ArgoBootstrap.Core.Git;

/// <summary>Reads the text of a Git configuration file (git-config, "Syntax"). Files that it includes are not read.</summary>
internal static class GitConfigText
{
    /// <summary>The entries, in order.</summary>
    /// <param name="text">The text.</param>
    public static IEnumerable<GitConfigEntry> Read(string text)
    {
        string section = "";
        string? subsection = null;
        foreach (string line in Lines(text))
        {
            string rest = line.TrimStart();
            if (rest.StartsWith('['))
            {
                int end = HeaderEnd(rest);
                if (end < 0)
                {
                    continue;
                }

                (section, subsection) = Header(rest[1..end]);
                rest = rest[(end + 1)..].TrimStart();
            }

            int equals = rest.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? rest : rest[..equals]).Trim();
            if (name.Length > 0 && name[0] is not ('#' or ';'))
            {
                yield return new GitConfigEntry(section, subsection, name.ToLowerInvariant(), equals < 0 ? "true" : Value(rest[(equals + 1)..]));
            }
        }
    }

    /// <summary>Lines, those that a backslash continues put together.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        StringBuilder line = new();
        foreach (string part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            int slashes = part.Length - part.TrimEnd('\\').Length;
            line.Append(part);
            if (slashes % 2 == 1)
            {
                line.Length--;
                continue;
            }

            yield return line.ToString();
            line.Clear();
        }
    }

    private static int HeaderEnd(string line)
    {
        bool isQuoted = false;
        for (int i = 1; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ']' when !isQuoted:
                    return i;
            }
        }

        return -1;
    }

    /// <summary>Sections have no case, subsections have; <c>[section.subsection]</c> is an older form.</summary>
    private static (string Section, string? Subsection) Header(string header)
    {
        int quote = header.IndexOf('"', StringComparison.Ordinal);
        if (quote >= 0)
        {
            return (header[..quote].Trim().ToLowerInvariant(), Value(header[quote..]));
        }

        string[] parts = header.Trim().ToLowerInvariant().Split('.', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }

    private static string Value(string raw)
    {
        StringBuilder value = new();
        int kept = 0;
        bool isQuoted = false;
        string text = raw.TrimStart();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!isQuoted && (c is '#' or ';'))
            {
                break;
            }

            if (c == '"')
            {
                isQuoted = !isQuoted;
                kept = value.Length;
                continue;
            }

            if (c == '\\' && i + 1 < text.Length)
            {
                i++;
                c = text[i] switch { 'n' => '\n', 't' => '\t', 'b' => '\b', char other => other };
                value.Append(c);
                kept = value.Length;
                continue;
            }

            value.Append(c);
            // Blanks at the end belong to the value only within quotes.
            kept = isQuoted || !char.IsWhiteSpace(c) ? value.Length : kept;
        }

        return value.ToString(0, kept);
    }
}

/// <summary>An entry of a Git configuration file.</summary>
/// <param name="Section">The section, in lower case.</param>
/// <param name="Subsection">The subsection, or <see langword="null"/>.</param>
/// <param name="Name">The variable, in lower case.</param>
/// <param name="Value">Its value.</param>
internal sealed record GitConfigEntry(string Section, string? Subsection, string Name, string Value);
