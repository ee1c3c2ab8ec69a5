namespace ArgoBootstrap.Core.Validation;

/// <summary>Finds references <c>$(NAME)</c> in text, as Kubernetes and kustomize write them; <c>$$</c> is a literal <c>$</c>.</summary>
internal static class VariableText
{
    /// <summary>Whether a text has a reference.</summary>
    public static bool HasReference(string text) => text.Contains("$(", StringComparison.Ordinal) && Names(text).Any();

    /// <summary>The names that a text refers to, in order.</summary>
    public static IEnumerable<string> Names(string text)
    {
        for (int at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('$', at))
        {
            if (text[at + 1] != '(')
            {
                // An escaped dollar is passed as a whole, so that its second half does not begin a reference.
                at += text[at + 1] == '$' ? 2 : 1;
            }
            else
            {
                int end = text.IndexOf(')', at);
                if (end < 0)
                {
                    yield break;
                }

                yield return text[(at + 2)..end];
                at = end + 1;
            }

            if (at >= text.Length)
            {
                yield break;
            }
        }
    }

    /// <summary>Whether a name is written as variables are: capital letters, digits and underscores.</summary>
    public static bool IsConstantCase(string name) =>
        name.Length > 0 && char.IsAsciiLetterUpper(name[0]) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
