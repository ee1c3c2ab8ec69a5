using System.Globalization;
using System.Text;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Replaces <c>$(NAME)</c> in texts. A text that is nothing but one variable takes the type of its value; <c>$$</c> stands
/// for a dollar sign; a name that is not known stays as it is.
/// </summary>
/// <param name="values">The values by name; null for one that cannot be put into text.</param>
/// <param name="used">Receives the names that were replaced.</param>
internal sealed class VariableExpansion(Dictionary<string, ScalarNode?> values, HashSet<string> used)
{
    /// <summary>Replaces the variables of a scalar.</summary>
    /// <param name="scalar">A string.</param>
    /// <returns>The same scalar when there is nothing to replace.</returns>
    public ScalarNode Apply(ScalarNode scalar)
    {
        string text = scalar.Value;
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return Restyled(scalar);
        }
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }
            int close = text[i + 1] == '(' ? text.IndexOf(')', i + 2) : -1;
            if (close < 0)
            {
                // A doubled sign counts once; anything else stays.
                result.Append('$');
                if (text[i + 1] != '$')
                {
                    result.Append(text[i + 1]);
                }
                i++;
                continue;
            }
            string name = text[(i + 2)..close];
            if (values.TryGetValue(name, out ScalarNode? value) && value is not null)
            {
                used.Add(name);
                if (i == 0 && close == text.Length - 1)
                {
                    return Typed(value, scalar.Position);
                }
                result.Append(Text(value));
            }
            else
            {
                result.Append(text, i, close + 1 - i);
            }
            i = close;
        }
        string expanded = result.ToString();
        return expanded == text ? Restyled(scalar) : new ScalarNode(expanded, ScalarTags.String, ScalarStyle.Plain, scalar.Position);
    }

    /// <summary>The value of a variable in the form in which it is put into fields: numbers in decimal, booleans as <c>true</c> and <c>false</c>, all else as text.</summary>
    /// <param name="value">The field's value.</param>
    /// <returns>Null for a number that is not written in decimal, which kustomize cannot read here.</returns>
    public static ScalarNode? Normalize(ScalarNode value) => value.Tag switch
    {
        // What was set without saying what it stands for is text to variables.
        _ when value.IsUntagged => new ScalarNode(value.Value, ScalarTags.String, ScalarStyle.Plain, value.Position),
        ScalarTags.Integer => long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
            ? With(value, integer.ToString(CultureInfo.InvariantCulture))
            : null,
        ScalarTags.Float => double.TryParse(value.Value, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? With(value, GoNumber.FormatDecimal(number))
            : null,
        ScalarTags.Boolean => With(value, value.Value.ToLowerInvariant()),
        _ => new ScalarNode(value.Value, ScalarTags.String, ScalarStyle.Plain, value.Position),
    };

    // kustomize drops the style of every text that it looks at; only folded text comes out differently.
    private static ScalarNode Restyled(ScalarNode scalar) =>
        scalar.Style == ScalarStyle.Folded ? new ScalarNode(scalar.Value, ScalarTags.String, ScalarStyle.Plain, scalar.Position) : scalar;

    private static ScalarNode With(ScalarNode value, string text) => new(text, value.Tag, ScalarStyle.Plain, value.Position);

    private static ScalarNode Typed(ScalarNode value, SourcePosition position) => new(value.Value, value.Tag, ScalarStyle.Plain, position);

    private static string Text(ScalarNode value) =>
        value.Tag == ScalarTags.Float ? GoNumber.FormatV(double.Parse(value.Value, CultureInfo.InvariantCulture)) : value.Value;
}
