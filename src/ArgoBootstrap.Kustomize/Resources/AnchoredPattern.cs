using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Expressions;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>A regular expression that must fit a whole text, as selectors of patches and replacements have it; the empty one fits anything.</summary>
internal sealed class AnchoredPattern
{
    private readonly string _text;
    private readonly GoExpression? _expression;

    /// <summary>Makes a pattern.</summary>
    /// <param name="text">In Go's syntax.</param>
    /// <exception cref="ExpressionException">It is not a regular expression.</exception>
    public AnchoredPattern(string text)
    {
        _text = text;
        if (text.AsSpan().ContainsAny(@"\.+*?()|[]{}^$"))
        {
            _expression = GoExpression.Compile("^(?:", text, ")$");
        }
    }

    /// <summary>Makes the pattern of a field of a selector.</summary>
    /// <param name="text">In Go's syntax.</param>
    /// <param name="field">Name of the field.</param>
    /// <param name="selector">The selector as it is written; null when it is not known.</param>
    /// <param name="position">Where the selector is written.</param>
    /// <param name="diagnosticId">Id of the diagnostic when the text is not a regular expression.</param>
    /// <exception cref="KustomizeException">The text is not a regular expression.</exception>
    public static AnchoredPattern Of(string text, string field, MappingNode? selector, SourcePosition position, string diagnosticId)
    {
        try
        {
            return new AnchoredPattern(text);
        }
        catch (ExpressionException problem)
        {
            throw new KustomizeException(
                diagnosticId,
                $"The selector's {field} '{text}' is not a valid regular expression: {problem.Message}.",
                PositionOf(field, selector) ?? position,
                ExpressionAdvice.Remedy(text));
        }
    }

    private static SourcePosition? PositionOf(string field, MappingNode? selector)
    {
        for (int i = 0; i < (selector?.Count ?? 0); i++)
        {
            if (selector!.Entries[i].Key.Value.Equals(field, StringComparison.OrdinalIgnoreCase))
            {
                return selector.Entries[i].Value.Position;
            }
        }
        return null;
    }

    /// <summary>Whether the pattern is empty.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Whether a text fits.</summary>
    /// <param name="text">The text.</param>
    public bool Fits(string text) => _expression is null ? _text.Length == 0 || _text == text : _expression.IsMatch(text);
}
