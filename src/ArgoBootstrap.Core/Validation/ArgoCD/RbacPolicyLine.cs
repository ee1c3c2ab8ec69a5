using System.Text;

namespace ArgoBootstrap.Core.Validation.ArgoCD;

/// <summary>A line of an RBAC policy of Argo CD, as its CSV reader takes it.</summary>
/// <param name="Number">The number of the line in its text, from 1.</param>
/// <param name="Fields">The fields; blanks in front of one do not count. Empty where the line cannot be read.</param>
internal sealed record RbacPolicyLine(int Number, IReadOnlyList<string> Fields)
{
    /// <summary>The lines of a policy that are neither empty nor comments.</summary>
    /// <param name="policy">The policy.</param>
    public static IEnumerable<RbacPolicyLine> Read(string policy)
    {
        int number = 0;
        foreach (string line in policy.Split('\n'))
        {
            number++;
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                yield return new RbacPolicyLine(number, Split(text) ?? []);
            }
        }
    }

    private static List<string>? Split(string line)
    {
        List<string> fields = [];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at < line.Length && line[at] == '"')
            {
                StringBuilder field = new();
                for (at++; ; at++)
                {
                    if (at >= line.Length)
                    {
                        return null;
                    }

                    if (line[at] != '"')
                    {
                        field.Append(line[at]);
                    }
                    else if (at + 1 < line.Length && line[at + 1] == '"')
                    {
                        field.Append('"');
                        at++;
                    }
                    else
                    {
                        at++;
                        break;
                    }
                }

                if (at < line.Length && line[at] != ',')
                {
                    return null;
                }

                fields.Add(field.ToString());
            }
            else
            {
                int end = line.IndexOf(',', at);
                string field = end < 0 ? line[at..] : line[at..end];
                if (field.Contains('"', StringComparison.Ordinal))
                {
                    return null;
                }

                fields.Add(field);
                at = end < 0 ? line.Length : end;
            }

            if (at >= line.Length)
            {
                return fields;
            }

            at++;
        }
    }
}
