namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What <c>(?ims)</c> sets. The flag <c>U</c> makes repetitions prefer less, which does not show in whether a text fits.</summary>
/// <param name="IgnoreCase">Case does not matter.</param>
/// <param name="MultipleLines"><c>^</c> and <c>$</c> fit at line feeds.</param>
/// <param name="DotFitsLineFeed"><c>.</c> fits a line feed.</param>
internal readonly record struct ExpressionFlags(bool IgnoreCase, bool MultipleLines, bool DotFitsLineFeed)
{
    /// <summary>The flags with one more of them set or reset; null when there is no such flag.</summary>
    /// <param name="letter">Its letter.</param>
    /// <param name="on">Whether it is set.</param>
    public ExpressionFlags? With(int letter, bool on) => letter switch
    {
        'i' => this with { IgnoreCase = on },
        'm' => this with { MultipleLines = on },
        's' => this with { DotFitsLineFeed = on },
        'U' => this,
        _ => null,
    };
}
