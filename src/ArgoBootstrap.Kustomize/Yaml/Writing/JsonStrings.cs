using System.Buffers;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>Strings in JSON, escaped as Go's encoding/json does it: markup characters and the Unicode line separators too.</summary>
internal static class JsonStrings
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    /// <summary>Writes a string with its quotes.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="text">The string.</param>
    internal static void Write(ref Utf8Buffer output, ReadOnlySpan<char> text)
    {
        output.Add((byte)'"');
        while (true)
        {
            int at = text.IndexOfAny(Escaped);
            if (at < 0)
            {
                break;
            }
            output.Add(text[..at]);
            char c = text[at];
            string escape = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => "\\u" + ((int)c).ToString("x4", ScalarResolver.Culture),
            };
            output.Add(escape);
            text = text[(at + 1)..];
        }
        output.Add(text);
        output.Add((byte)'"');
    }

    /// <summary>Compares two keys by the bytes of their UTF-8, which is the order of code points.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    internal static int CompareKeys(string x, string y)
    {
        int length = Math.Min(x.Length, y.Length);
        for (int i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                // Pairs of surrogates stand for what comes after all single characters.
                bool left = char.IsSurrogate(x[i]);
                return left != char.IsSurrogate(y[i]) ? (left ? 1 : -1) : x[i] - y[i];
            }
        }
        return x.Length - y.Length;
    }

    /// <summary>Keys of a mapping with their places, in the order of JSON.</summary>
    /// <param name="mapping">The mapping.</param>
    internal static int[] Order(MappingNode mapping)
    {
        // This finds keys that are not strings or occur twice.
        int[] order = (int[])(mapping.CanonicalOrder ??= CanonicalKeyOrder.Of(mapping)).Clone();
        Array.Sort(order, (a, b) => CompareKeys(mapping.Entries[a].Key.Value, mapping.Entries[b].Key.Value));
        return order;
    }
}
