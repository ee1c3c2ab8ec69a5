using System.Collections;

namespace ArgoBootstrap.Shell;

/// <summary>Arguments of a script, as <c>pwsh -File</c> reads them: <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, values.</summary>
internal sealed class ScriptArguments
{
    /// <summary>Arguments with a name. A name that no value follows is a switch.</summary>
    public Hashtable Named { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The others, in order.</summary>
    public object[] Positional { get; private set; } = [];

    /// <summary>Sorts arguments.</summary>
    /// <param name="arguments">What follows the path of the script.</param>
    public static ScriptArguments Parse(IReadOnlyList<string> arguments)
    {
        ScriptArguments parsed = new();
        List<object> positional = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            if (!IsName(arguments[i]))
            {
                positional.Add(arguments[i]);
                continue;
            }

            string name = arguments[i][1..];
            if (name.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
            {
                parsed.Named[name[..colon]] = Value(name[(colon + 1)..]);
            }
            else
            {
                bool hasValue = i + 1 < arguments.Count && !IsName(arguments[i + 1]);
                parsed.Named[name] = hasValue ? arguments[++i] : true;
            }
        }

        parsed.Positional = [.. positional];
        return parsed;
    }

    private static bool IsName(string argument) => argument.Length > 1 && argument[0] == '-' && char.IsLetter(argument[1]);

    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
