using System.Text.RegularExpressions;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Reads a page: Markdown with the headings that platyPS uses (SYNOPSIS, DESCRIPTION, EXAMPLES, PARAMETERS, ...).</summary>
internal static partial class CommandPageReader
{
    /// <summary>Reads a page.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="lines">Its lines.</param>
    public static CommandPage Read(string path, IReadOnlyList<string> lines)
    {
        Dictionary<string, List<PageSection>> chapters = Chapters(lines);
        return new CommandPage
        {
            Path = path,
            Synopsis = string.Join(' ', Text(chapters, "SYNOPSIS")),
            Description = Text(chapters, "DESCRIPTION"),
            Examples = [.. Sections(chapters, "EXAMPLES").Select(Example)],
            Parameters = Sections(chapters, "PARAMETERS").ToDictionary(section => section.Title.TrimStart('-'), section => Paragraphs(section.Lines), StringComparer.OrdinalIgnoreCase),
            Inputs = Sections(chapters, "INPUTS").ToDictionary(section => section.Title, section => Paragraphs(section.Lines)),
            Outputs = Sections(chapters, "OUTPUTS").ToDictionary(section => section.Title, section => Paragraphs(section.Lines)),
            Notes = Text(chapters, "NOTES"),
            RelatedLinks = [.. Text(chapters, "RELATED LINKS").SelectMany(paragraph => Link().Matches(paragraph)).Select(match => match.Groups["text"].Value)],
        };
    }

    /// <summary>Chapters begin with <c>##</c>, their sections with <c>###</c>; what a fence holds is no heading.</summary>
    private static Dictionary<string, List<PageSection>> Chapters(IEnumerable<string> lines)
    {
        Dictionary<string, List<PageSection>> chapters = new(StringComparer.OrdinalIgnoreCase);
        List<PageSection> chapter = [];
        bool fenced = false;
        foreach (string line in lines)
        {
            fenced ^= IsFence(line);
            if (!fenced && line.StartsWith("## ", StringComparison.Ordinal))
            {
                chapter = chapters[line[3..].Trim()] = [new PageSection("", [])];
            }
            else if (!fenced && line.StartsWith("### ", StringComparison.Ordinal))
            {
                chapter.Add(new PageSection(line[4..].Trim(), []));
            }
            else if (chapter.Count > 0)
            {
                chapter[^1].Lines.Add(line);
            }
        }

        return chapters;
    }

    private static IReadOnlyList<string> Text(Dictionary<string, List<PageSection>> chapters, string name) =>
        chapters.TryGetValue(name, out List<PageSection>? chapter) ? Paragraphs(chapter[0].Lines) : [];

    private static IEnumerable<PageSection> Sections(Dictionary<string, List<PageSection>> chapters, string name) =>
        chapters.TryGetValue(name, out List<PageSection>? chapter) ? chapter.Skip(1) : [];

    private static CommandExample Example(PageSection section)
    {
        int start = section.Lines.FindIndex(IsFence);
        int end = start < 0 ? -1 : section.Lines.FindIndex(start + 1, IsFence);
        return end < 0
            ? new CommandExample(section.Title, "", Paragraphs(section.Lines))
            : new CommandExample(
                section.Title,
                string.Join('\n', section.Lines[(start + 1)..end]),
                Paragraphs(section.Lines[(end + 1)..]));
    }

    /// <summary>Lines up to an empty one are a paragraph; lists and fenced text keep their lines.</summary>
    private static IReadOnlyList<string> Paragraphs(List<string> lines)
    {
        List<string> paragraphs = [];
        bool open = false;
        bool fenced = false;
        foreach (string line in lines)
        {
            if (IsFence(line))
            {
                fenced = !fenced;
                open = false;
            }
            else if (!fenced && line.Trim().Length == 0)
            {
                open = false;
            }
            else if (!open)
            {
                paragraphs.Add(Plain(line));
                open = true;
            }
            else
            {
                bool keepsLine = fenced || line.TrimStart().StartsWith("- ", StringComparison.Ordinal) || line.StartsWith('|');
                paragraphs[^1] += (keepsLine ? "\n" : " ") + Plain(keepsLine ? line : line.Trim());
            }
        }

        return paragraphs;
    }

    private static string Plain(string line) => Link().Replace(line, "${text}").Replace("`", "", StringComparison.Ordinal);

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal);

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();

    private sealed record PageSection(string Title, List<string> Lines);
}
