using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Turns what PowerShell has for structured values (hash tables, arrays, what ConvertFrom-Json and ConvertFrom-Yaml make) into JSON.</summary>
internal static class JsonValue
{
    private const int DeepestLevel = 64;

    /// <summary>The JSON of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parameter">The parameter that it is from.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: something in it has no JSON.</exception>
    public static JsonNode? From(object? value, string parameter) => From(value, parameter, 0);

    private static JsonNode? From(object? value, string parameter, int level)
    {
        if (level > DeepestLevel)
        {
            throw Wrong(parameter, "it is nested too deeply, or holds itself");
        }

        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        return plain switch
        {
            null => null,
            string text => System.Text.Json.Nodes.JsonValue.Create(text),
            bool flag => System.Text.Json.Nodes.JsonValue.Create(flag),
            SwitchParameter flag => System.Text.Json.Nodes.JsonValue.Create(flag.IsPresent),
            int number => System.Text.Json.Nodes.JsonValue.Create(number),
            long number => System.Text.Json.Nodes.JsonValue.Create(number),
            double number when double.IsFinite(number) => System.Text.Json.Nodes.JsonValue.Create(number),
            decimal number => System.Text.Json.Nodes.JsonValue.Create(number),
            IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString() ?? "", From(map[key], parameter, level + 1)))),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => From(item, parameter, level + 1))]),
            PSObject custom => new JsonObject(custom.Properties.Select(property => KeyValuePair.Create(property.Name, From(property.Value, parameter, level + 1)))),
            _ => throw Wrong(parameter, $"a {plain.GetType().Name} is not text, a number, a switch, a list or a table"),
        };
    }

    private static OperationException Wrong(string parameter, string why) => new(ErrorIds.InvalidRequest, $"-{parameter} cannot be used: {why}.", $"Give a hash table: -{parameter} @{{ bootstrap = @{{ enabled = $false }} }}.");
}
