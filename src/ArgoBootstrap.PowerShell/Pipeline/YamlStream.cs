namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Cuts rendered overlays into the strings of one YAML stream. Whoever writes strings to a file or a program ends each with a
/// line break: so none brings its own, and a single overlay comes out as the bytes that kustomize prints.
/// </summary>
internal sealed class YamlStream
{
    private const string Separator = "---\n";

    private bool _hasDocuments;

    /// <summary>The string for the next overlay.</summary>
    /// <param name="yaml">What it renders to.</param>
    /// <returns>The string; <see langword="null"/> where the overlay has no objects, which adds nothing to the stream.</returns>
    public string? Next(string yaml)
    {
        if (yaml.Length == 0)
        {
            return null;
        }

        string text = yaml.EndsWith('\n') ? yaml[..^1] : yaml;
        text = _hasDocuments ? Separator + text : text;
        _hasDocuments = true;
        return text;
    }
}
