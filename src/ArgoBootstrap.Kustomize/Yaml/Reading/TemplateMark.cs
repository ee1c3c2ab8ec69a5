namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Tells text that another program fills in before it is what it is meant to be: templates of Helm, Jinja and the like.</summary>
internal static class TemplateMark
{
    /// <summary>What to do about a template where plain text is wanted.</summary>
    public const string Remedy =
        "Render the chart that the file belongs to, under 'helmCharts', or write the value itself. Leave files that another program fills in first out of the build, and their folder out of the search.";

    /// <summary>What marks a template in a text, for messages.</summary>
    /// <param name="text">The text.</param>
    /// <returns>For example <c>{{ … }}</c>; null when there is none.</returns>
    public static string? In(string text) =>
        text.Contains("{{", StringComparison.Ordinal) ? "{{ … }}"
        : text.Contains("{%", StringComparison.Ordinal) ? "{% … %}"
        : null;
}
