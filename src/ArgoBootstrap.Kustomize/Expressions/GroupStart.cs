namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What <c>(?</c> starts: a group with a name, one without number, or other flags for the rest of the group that it stands in.</summary>
/// <param name="IsCapture">Whether it is a group with a name.</param>
/// <param name="OpensGroup">Whether it is a group.</param>
/// <param name="Flags">The flags that hold from here on.</param>
internal readonly record struct GroupStart(bool IsCapture, bool OpensGroup, ExpressionFlags Flags)
{
    /// <summary>Reads the start of a group.</summary>
    /// <param name="reader">The regular expression, at <c>(?</c>.</param>
    /// <param name="flags">The flags that hold so far.</param>
    /// <exception cref="ExpressionException">Go does not know it.</exception>
    public static GroupStart Read(ExpressionReader reader, ExpressionFlags flags)
    {
        int start = reader.At;
        ReadOnlySpan<char> rest = reader.Rest;
        bool isLong = rest.StartsWith("(?P<") && rest.Length > 4;
        if (isLong || (rest.StartsWith("(?<") && rest.Length > 3))
        {
            ReadName(reader, isLong ? 4 : 3);
            return new GroupStart(true, true, flags);
        }
        reader.At += 2;
        bool on = true;
        bool sawFlag = false;
        while (true)
        {
            int c = reader.Take();
            if (flags.With(c, on) is { } changed)
            {
                flags = changed;
                sawFlag = true;
            }
            else if (c == '-' && on)
            {
                on = false;
                sawFlag = false;
            }
            else if (c is ':' or ')' && (on || sawFlag))
            {
                return new GroupStart(false, c == ':', flags);
            }
            else
            {
                throw new ExpressionException(Problem(reader.Since(start)));
            }
        }
    }

    private static void ReadName(ExpressionReader reader, int length)
    {
        string opening = reader.Rest[..length].ToString();
        ReadOnlySpan<char> after = reader.Rest[length..];
        int end = after.IndexOf('>');
        if (opening == "(?<" && after is ['=' or '!', ..])
        {
            throw new ExpressionException($"'{opening}{after[0]}' is lookbehind, which Go does not support");
        }
        if (end <= 0 || after[..end].ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"))
        {
            throw new ExpressionException($"'{opening}' is not followed by a name of letters, digits and underscores, and '>'");
        }
        reader.At += length + end + 1;
    }

    private static string Problem(string text) => text switch
    {
        "(?#" => "'(?#' is a comment, which Go does not support",
        "(?=" or "(?!" => $"'{text}' is lookahead, which Go does not support",
        "(?>" => "'(?>' is an atomic group, which Go does not support",
        "(?P" or "(?'" => $"'{text}' is not a group; write '(?P<name>'",
        _ => $"'{text}' is not a group; flags are i, m, s and U, as in '(?i)' and '(?i:'",
    };
}
