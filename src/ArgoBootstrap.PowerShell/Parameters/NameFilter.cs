using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Accepts names that one of several patterns fits, and remembers which patterns had no match.</summary>
internal sealed class NameFilter
{
    private readonly (string Text, WildcardPattern Pattern)[] _patterns;
    private readonly HashSet<string> _matched = [];

    /// <summary>Makes a filter.</summary>
    /// <param name="patterns">Names with wildcards; <see langword="null"/> accepts everything.</param>
    public NameFilter(string[]? patterns) =>
        _patterns = [.. (patterns ?? []).Where(text => !string.IsNullOrEmpty(text)).Select(text => (text, WildcardPattern.Get(text, WildcardOptions.IgnoreCase)))];

    /// <summary>The names without wildcards that nothing had.</summary>
    public IEnumerable<string> Unmatched =>
        _patterns.Select(pattern => pattern.Text).Where(text => !_matched.Contains(text) && !WildcardPattern.ContainsWildcardCharacters(text));

    /// <summary>Whether a name fits.</summary>
    /// <param name="name">The name; where it is <see langword="null"/>, only a filter without patterns accepts it.</param>
    public bool Accepts(string? name) => _patterns.Length == 0 || (name is not null && _patterns.Any(pattern => pattern.Pattern.IsMatch(name)));

    /// <summary>Remembers that something with a name was found.</summary>
    /// <param name="name">Its name.</param>
    public void Count(string? name)
    {
        if (name is not null)
        {
            _matched.UnionWith(_patterns.Where(pattern => pattern.Pattern.IsMatch(name)).Select(pattern => pattern.Text));
        }
    }
}
