using System.Collections.Concurrent;
using System.Text;

namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>
/// A regular expression in the syntax of Go's package <c>regexp</c> (RE2), which kustomize uses. Takes what Go takes, refuses
/// what Go refuses, and fits the same texts. Immutable.
/// </summary>
internal sealed class GoExpression
{
    private const int MaximumKept = 1024;
    private static readonly ConcurrentDictionary<string, GoExpression> Kept = new(StringComparer.Ordinal);
    private readonly ExpressionNode _node;
    private readonly string? _literal;
    private readonly bool _isWhole;
    private readonly bool _isAnchored;
    private ExpressionAutomaton? _automaton;

    private GoExpression(ExpressionNode node)
    {
        _node = node;
        IReadOnlyList<ExpressionNode> parts = node is ConcatenationNode concatenation ? concatenation.Parts : [node];
        _isAnchored = parts[0] is AssertionNode { Assertion: Assertion.TextStart };
        _isWhole = _isAnchored && parts[^1] is AssertionNode { Assertion: Assertion.TextEnd };
        _literal = (_isWhole, parts) switch
        {
            (true, [_, LiteralNode { IgnoreCase: false } literal, _]) => TextOf(literal),
            (false, [LiteralNode { IgnoreCase: false } literal]) => TextOf(literal),
            _ => null,
        };
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="ExpressionException">Go refuses it.</exception>
    public static GoExpression Compile(string text) => Compile("", text, "");

    /// <summary>Reads an expression that kustomize puts between two texts of its own.</summary>
    /// <param name="before">What stands before it.</param>
    /// <param name="text">The expression as it is written in a file.</param>
    /// <param name="after">What stands after it.</param>
    /// <exception cref="ExpressionException">Go refuses all three together.</exception>
    public static GoExpression Compile(string before, string text, string after)
    {
        string all = before + text + after;
        if (Kept.TryGetValue(all, out GoExpression? known))
        {
            return known;
        }
        GoExpression expression = new(Parse(all, text));

        // An overlay's expressions are those of the next one.
        if (Kept.Count < MaximumKept)
        {
            Kept.TryAdd(all, expression);
        }
        return expression;
    }

    /// <summary>Whether a text fits, or a part of it where the expression is not anchored.</summary>
    /// <param name="text">The text.</param>
    public bool IsMatch(string text)
    {
        if (_literal is not null)
        {
            return _isWhole ? text == _literal : text.Contains(_literal, StringComparison.Ordinal);
        }
        return (_automaton ??= new ExpressionAutomaton(new ExpressionProgram(_node), _isAnchored)).IsMatch(text);
    }

    private static ExpressionNode Parse(string all, string written)
    {
        try
        {
            return ExpressionParser.Parse(all);
        }
        catch (ExpressionException)
        {
            // What is wrong with the text that people see says more than what became of it.
            _ = ExpressionParser.Parse(written);
            throw;
        }
    }

    private static string? TextOf(LiteralNode literal)
    {
        var text = new StringBuilder();
        foreach (int rune in literal.Runes)
        {
            if (!Rune.IsValid(rune))
            {
                return null;
            }
            text.Append(new Rune(rune).ToString());
        }
        return text.ToString();
    }
}
