using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Tells what somebody may have meant, for the remedy of an error.</summary>
internal static class KnownNames
{
    private const int ShownNames = 10;

    /// <summary>The nearest name as a question, and the names that there are.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="known">What there is.</param>
    /// <returns>One sentence, such as <c>Did you mean 'prod'? There are: dev, prod.</c></returns>
    public static string Suggest(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
        {
            return "There are none yet.";
        }

        string more = known.Count > ShownNames ? $" and {known.Count - ShownNames} more" : "";
        return $"{NameSuggestion.Sentence(name, known)} There are: {string.Join(", ", known.Take(ShownNames))}{more}.".TrimStart();
    }
}
