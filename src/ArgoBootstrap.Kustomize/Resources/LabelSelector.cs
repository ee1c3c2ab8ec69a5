using System.Globalization;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>A selector of labels or annotations in Kubernetes' syntax: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k,l&gt;1,m&lt;2</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Requirement> _requirements = [];

    private LabelSelector()
    {
    }

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        DoesNotExist,
        GreaterThan,
        LessThan,
    }

    /// <summary>Reads a selector; the empty one fits anything.</summary>
    /// <param name="text">The selector.</param>
    /// <exception cref="FormatException">It is not a selector; the message says why.</exception>
    public static LabelSelector Parse(string text)
    {
        var selector = new LabelSelector();
        var reader = new TokenReader(text);
        while (!reader.IsAtEnd)
        {
            selector._requirements.Add(ReadRequirement(reader));
            if (reader.IsAtEnd)
            {
                break;
            }
            if (!reader.TryTake(","))
            {
                throw new FormatException($"\"{reader.Current}\" stands where a comma or the end is expected");
            }
            if (reader.IsAtEnd)
            {
                throw new FormatException("a requirement is expected after the last comma");
            }
        }
        return selector;
    }

    /// <summary>Whether the entries of a mapping fit.</summary>
    /// <param name="values">Labels or annotations; null for none.</param>
    public bool Fits(MappingNode? values)
    {
        foreach (Requirement requirement in _requirements)
        {
            string? value = values?[requirement.Key] switch
            {
                null => null,
                ScalarNode scalar => scalar.Value,
                _ => "",
            };
            if (!requirement.Fits(value))
            {
                return false;
            }
        }
        return true;
    }

    private static Requirement ReadRequirement(TokenReader reader)
    {
        bool negated = reader.TryTake("!");
        string key = reader.TakeWord("a key");
        if (!QualifiedName().IsMatch(key))
        {
            throw new FormatException($"\"{key}\" is not a valid key");
        }
        if (negated || reader.IsAtEnd || reader.Current == ",")
        {
            return new Requirement(key, negated ? Operator.DoesNotExist : Operator.Exists, []);
        }
        string symbol = reader.Take();
        switch (symbol)
        {
            case "=" or "==":
                return new Requirement(key, Operator.In, [ReadValue(reader)]);
            case "!=":
                return new Requirement(key, Operator.NotIn, [ReadValue(reader)]);
            case ">" or "<":
                string number = ReadValue(reader);
                return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                    ? new Requirement(key, symbol == ">" ? Operator.GreaterThan : Operator.LessThan, [number])
                    : throw new FormatException($"\"{number}\" after {symbol} is not an integer");
            case "in" or "notin":
                return new Requirement(key, symbol == "in" ? Operator.In : Operator.NotIn, ReadValues(reader));
            default:
                throw new FormatException($"\"{symbol}\" is not an operator; there are =, ==, !=, in, notin, > and <");
        }
    }

    private static string ReadValue(TokenReader reader) => reader.IsAtEnd || reader.Current == "," ? "" : Checked(reader.TakeWord("a value"));

    private static List<string> ReadValues(TokenReader reader)
    {
        if (!reader.TryTake("("))
        {
            throw new FormatException("\"(\" is expected after in or notin");
        }
        List<string> values = [];
        while (true)
        {
            values.Add(reader.IsAtEnd || reader.Current is "," or ")" ? "" : Checked(reader.TakeWord("a value")));
            if (reader.TryTake(")"))
            {
                return values;
            }
            if (!reader.TryTake(","))
            {
                throw new FormatException("\",\" or \")\" is expected in a list of values");
            }
        }
    }

    private static string Checked(string value) =>
        value.Length <= 63 && LabelValue().IsMatch(value) ? value : throw new FormatException($"\"{value}\" is not a valid value");

    [GeneratedRegex(@"\A(([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();

    private sealed record Requirement(string Key, Operator Operator, List<string> Values)
    {
        public bool Fits(string? value) => Operator switch
        {
            Operator.In => value is not null && Values.Contains(value),
            Operator.NotIn => value is null || !Values.Contains(value),
            Operator.Exists => value is not null,
            Operator.DoesNotExist => value is null,
            _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && (Operator == Operator.GreaterThan ? number > long.Parse(Values[0], CultureInfo.InvariantCulture) : number < long.Parse(Values[0], CultureInfo.InvariantCulture)),
        };
    }

    private sealed class TokenReader
    {
        private const string Special = "=!(),><";
        private readonly List<string> _tokens = [];
        private int _at;

        public TokenReader(string text)
        {
            for (int i = 0; i < text.Length;)
            {
                if (text[i] is ' ' or '\t' or '\r' or '\n')
                {
                    i++;
                    continue;
                }
                int start = i;
                if (Special.Contains(text[i], StringComparison.Ordinal))
                {
                    i++;
                    if (i < text.Length && text[i] == '=' && text[start] is '=' or '!')
                    {
                        i += i < text.Length && text[i] == '=' ? 1 : 0;
                    }
                }
                else
                {
                    while (i < text.Length && text[i] is not (' ' or '\t' or '\r' or '\n') && !Special.Contains(text[i], StringComparison.Ordinal))
                    {
                        i++;
                    }
                }
                _tokens.Add(text[start..i]);
            }
        }

        public bool IsAtEnd => _at == _tokens.Count;

        public string Current => _tokens[_at];

        public string Take() => _tokens[_at++];

        public bool TryTake(string token)
        {
            if (IsAtEnd || _tokens[_at] != token)
            {
                return false;
            }
            _at++;
            return true;
        }

        public string TakeWord(string what) =>
            !IsAtEnd && !Special.Contains(_tokens[_at][0], StringComparison.Ordinal) ? Take() : throw new FormatException($"{what} is expected{(IsAtEnd ? " at the end" : $" instead of \"{Current}\"")}");
    }
}
