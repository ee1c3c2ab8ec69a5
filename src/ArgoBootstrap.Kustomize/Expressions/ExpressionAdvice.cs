namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What to write instead of a text that is not a regular expression.</summary>
internal static class ExpressionAdvice
{
    private const string General = "Write a regular expression in Go's syntax (RE2), with a backslash before characters that stand for themselves.";

    /// <summary>Says what to do, in one sentence.</summary>
    /// <param name="text">What is written.</param>
    public static string Remedy(string text)
    {
        string candidate = WithoutWildcards(text);
        if (candidate == text || !IsValid(candidate))
        {
            return General;
        }
        return candidate == ".*"
            ? "Write '.*' for any text: in a regular expression, '*' repeats what stands before it."
            : $"Write '{candidate}' if '*' is to stand for any text: in a regular expression, it repeats what stands before it.";
    }

    // A star that has nothing to repeat is meant as the wildcard that it is in file names.
    private static string WithoutWildcards(string text)
    {
        var result = new System.Text.StringBuilder(text.Length + 4);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '*')
            {
                result.Append(text[i]);
            }
            else if (i == 0 || text[i - 1] is '|' or '(')
            {
                result.Append(".*");
            }
            else if (text[i - 1] != '*')
            {
                // Whoever writes *-web-* means a wildcard at the end as well.
                result.Append(text[0] == '*' && text[i - 1] is not ('.' or ')' or ']') ? ".*" : "*");
            }
        }
        return result.ToString();
    }

    private static bool IsValid(string text)
    {
        try
        {
            _ = ExpressionParser.Parse(text);
            return true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
