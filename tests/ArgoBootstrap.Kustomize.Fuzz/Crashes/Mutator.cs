using System.Text;
using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Fuzz.Crashes;

/// <summary>Breaks the files of a tree: bytes, lines, and what YAML makes of them.</summary>
/// <param name="dice">Decides.</param>
internal sealed class Mutator(Dice dice)
{
    private static readonly string[] Snippets =
    [
        "&a ", "*a", "<<: *a", "<<: [*a, *b]", "? ", ": ", "- ", "-", "{", "}", "[", "]", ",", "|", ">", "|9", "|-+", "\"", "'", "#", "!!", "!<x>", "!!map ", "!!int x", "!!null x", "!!binary %", "%YAML 1.2\n", "%TAG ! x\n",
        "---\n", "...\n", "\t", "\r", "\r\n", "\0", "\u0085", "\u2028", "\uFEFF", "\\u12", "\\UFFFFFFFF", "\"\\x\"", "null", "~", "{}", "[]", "[[]]", "{{}}", "- - - -", "a: b: c", "0x", "1e999999999", "-9223372036854775809",
        "$patch: delete", "$patch: replace", "$patch: bogus", "$retainKeys: [a]", "$setElementOrder/containers: [x]", "metadata: null", "metadata: []", "kind: List", "kind: [a]", "items: null", "items: [null]", "name: {a: b}",
        "apiVersion: 1", "op: test", "op: x", "path: /", "path: \"\"", "path: /metadata/annotations/~", "from: /", "path: /spec/-", "path: /spec/99999999999999999999", "value:", "fieldPath: a.[b=c].*.-", "fieldPath: \"[\"", "fieldPath: .",
        "fieldPath: a\\", "index: 99999999", "index: -99999999", "delimiter: \"\"", "create: maybe", "name: \"(\"", "name: \"[a-\"", "name: \"(a+)+$\"", "labelSelector: \"a in (\"", "# {\"type\":\"array\",\"x-kubernetes-patch-merge-key\":\"a\"}",
        "resources: [.]", "resources: [..]", "resources: [../l0]", "components: [.]", "namespace: [a]", "images: {}", "count: 1e99", "$(VAR)", "$(", "$$(", "$($(A))",
    ];

    /// <summary>Breaks a tree in a few places.</summary>
    public void Mutate(FileTree tree)
    {
        int changes = dice.Between(1, 4);
        string[] paths = [.. tree.Files.Keys];
        for (int i = 0; i < changes; i++)
        {
            string path = dice.From(paths);
            tree.Files[path] = dice.Percent(25) ? Bytes(tree.Files[path]) : Text(tree.Files[path], tree.Files[dice.From(paths)]);
        }
    }

    /// <summary>Changes bytes without looking at what they mean.</summary>
    private byte[] Bytes(byte[] content)
    {
        if (content.Length == 0)
        {
            return [(byte)dice.Below(256)];
        }
        int at = dice.Below(content.Length);
        int length = Math.Min(content.Length - at, dice.Between(1, 8));
        switch (dice.Below(4))
        {
            case 0:
                byte[] changed = (byte[])content.Clone();
                changed[at] = (byte)dice.Below(256);
                return changed;
            case 1:
                return [.. content[..at], .. content[(at + length)..]];
            case 2:
                return [.. content[..at], (byte)dice.Below(256), .. content[at..]];
            default:
                return content[..at];
        }
    }

    private byte[] Text(byte[] content, byte[] other)
    {
        List<string> lines = [.. Encoding.UTF8.GetString(content).Split('\n')];
        int at = dice.Below(lines.Count);
        switch (dice.Below(11))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2:
                lines.Insert(at, Indent(lines[at]) + dice.From(Snippets));
                break;
            case 3:
                int column = dice.Below(lines[at].Length + 1);
                lines[at] = lines[at].Insert(column, dice.From(Snippets));
                break;
            case 4:
                int colon = lines[at].IndexOf(": ", StringComparison.Ordinal);
                lines[at] = (colon < 0 ? lines[at] + ": " : lines[at][..(colon + 2)]) + dice.From(Snippets);
                break;
            case 5:
                lines[at] = dice.Percent(50) ? "  " + lines[at] : lines[at].TrimStart();
                break;
            case 6:
                (lines[at], lines[^1]) = (lines[^1], lines[at]);
                break;
            case 7:
                string[] foreign = Encoding.UTF8.GetString(other).Split('\n');
                int from = dice.Below(foreign.Length);
                lines.InsertRange(at, foreign[from..Math.Min(foreign.Length, from + dice.Between(1, 6))]);
                break;
            case 8:
                lines[at] += Deep();
                break;
            case 9:
                lines.InsertRange(at, Bomb());
                break;
            default:
                lines[at] = Indent(lines[at]) + Scalars.Key(dice) + ": " + Scalars.Line(dice);
                break;
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static string Indent(string line) => line[..(line.Length - line.TrimStart().Length)];

    private string Deep()
    {
        int depth = dice.Of(10, 600, 20_000, 100_000);
        return dice.Below(4) switch
        {
            0 => new string('[', depth),
            1 => string.Concat(Enumerable.Repeat("{a: ", depth)),
            2 => new string('[', depth) + new string(']', depth),
            _ => string.Concat(Enumerable.Repeat("- ", depth)),
        };
    }

    /// <summary>Aliases of aliases, which are many values once they are written out.</summary>
    private IEnumerable<string> Bomb()
    {
        yield return "bomb0: &b0 [x, x, x, x, x, x, x, x, x, x]";
        int levels = dice.Between(1, 12);
        for (int i = 1; i < levels; i++)
        {
            yield return $"bomb{i}: &b{i} [{string.Join(", ", Enumerable.Repeat($"*b{i - 1}", 10))}]";
        }
    }
}
