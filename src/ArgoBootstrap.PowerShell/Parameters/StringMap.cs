using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Reads hash tables of names and texts: labels, annotations, environment variables.</summary>
internal static class StringMap
{
    /// <summary>The names and texts of a hash table.</summary>
    /// <param name="table">The table; <see langword="null"/> for none.</param>
    /// <param name="parameter">The parameter that it is from.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: a value is not text.</exception>
    public static IReadOnlyDictionary<string, string> From(IDictionary? table, string parameter)
    {
        SortedDictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            map[Text(entry.Key)] = value switch
            {
                string text => text,
                // As YAML and Kubernetes write them.
                bool flag => flag ? "true" : "false",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => throw new OperationException(
                    ErrorIds.InvalidRequest, $"-{parameter}: the value of '{entry.Key}' is {(value is null ? "nothing" : $"a {value.GetType().Name}")}, and no text.", $"Give names and texts: -{parameter} @{{ environment = 'prod' }}."),
            };
        }

        return map;
    }

    private static string Text(object key) => Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
}
