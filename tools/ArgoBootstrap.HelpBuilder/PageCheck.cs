using System.Management.Automation;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Finds what a page lacks, and what it describes that the cmdlet does not have.</summary>
internal static class PageCheck
{
    private const int MinimumExamples = 2;

    /// <summary>Compares a page with its cmdlet.</summary>
    /// <param name="page">The page.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>Mistakes in the form of compiler errors.</returns>
    public static IEnumerable<string> Mistakes(CommandPage page, CmdletInfo cmdlet)
    {
        if (page.Synopsis.Length == 0)
        {
            yield return Mistake(page, "HELP002", "The page has no SYNOPSIS.");
        }

        if (page.Description.Count == 0)
        {
            yield return Mistake(page, "HELP003", "The page has no DESCRIPTION.");
        }

        if (page.Examples.Count(example => example.Code.Length > 0) < MinimumExamples)
        {
            yield return Mistake(page, "HELP004", $"The page has fewer than {MinimumExamples} examples with commands.");
        }

        string[] own = [.. OwnParameters(cmdlet)];
        foreach (string name in own.Where(name => !page.Parameters.TryGetValue(name, out IReadOnlyList<string>? text) || text.Count == 0))
        {
            yield return Mistake(page, "HELP005", $"The parameter -{name} is not described.");
        }

        foreach (string name in page.Parameters.Keys.Except(own, StringComparer.OrdinalIgnoreCase))
        {
            yield return Mistake(page, "HELP006", $"{cmdlet.Name} has no parameter -{name}.");
        }
    }

    /// <summary>The parameters that a cmdlet does not share with all others.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public static IEnumerable<string> OwnParameters(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Keys.Where(name => !Cmdlet.CommonParameters.Contains(name) && !Cmdlet.OptionalCommonParameters.Contains(name));

    private static string Mistake(CommandPage page, string id, string message) => $"{page.Path}(1,1): error {id}: {message}";
}
