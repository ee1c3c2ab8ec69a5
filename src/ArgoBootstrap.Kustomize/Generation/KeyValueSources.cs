using System.Text;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Collects the keys and values that a generator's <c>envs</c>, <c>literals</c> and <c>files</c> give.</summary>
/// <param name="loader">Reads files.</param>
internal sealed class KeyValueSources(RootLoader loader)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Collects what a generator gives, sorted by key.</summary>
    /// <param name="generator">The generator.</param>
    /// <exception cref="KustomizeException">A source cannot be used, or gives a key twice.</exception>
    public SortedDictionary<string, KeyValueSource> Collect(GeneratorEntry generator)
    {
        var values = new SortedDictionary<string, KeyValueSource>(StringComparer.Ordinal);
        foreach (Located<string> env in generator.Envs)
        {
            foreach ((string key, byte[] value) in ParseLines(loader.Load(env, "envs"), env))
            {
                Add(key, value, env);
            }
        }
        foreach (Located<string> literal in generator.Literals)
        {
            (string key, string value) = ParseLiteral(literal);
            Add(key, Encoding.UTF8.GetBytes(value), literal);
        }
        foreach (Located<string> file in generator.Files)
        {
            (string key, string path) = ParseFile(file);
            Add(key, loader.Load(new(path, file.Position), "files").Content, file);
        }
        return values;

        void Add(string key, byte[] value, Located<string> source)
        {
            if (!values.TryAdd(key, new KeyValueSource(value, source.Position)))
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidGenerator, $"The generator '{generator.Name}' gives the key '{key}' twice.", source.Position,
                    "Remove one of the two, or give it another key.");
            }
        }
    }

    private static (string Key, string Value) ParseLiteral(Located<string> literal)
    {
        int equals = literal.Value.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            // The text may be a secret: it is not repeated.
            throw new KustomizeException(DiagnosticIds.InvalidGenerator, "A literal must have the form key=value.", literal.Position, "Write the key, an equals sign and the value.");
        }
        string value = literal.Value[(equals + 1)..];
        bool quoted = value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'';
        return (literal.Value[..equals], quoted && value.Length >= 2 ? value[1..^1] : value);
    }

    private static (string Key, string Path) ParseFile(Located<string> file)
    {
        string[] parts = file.Value.Split('=');
        return parts switch
        {
            [string path] => (path[(path.LastIndexOf('/') + 1)..], path),
            [{ Length: > 0 } key, { Length: > 0 } path] => (key, path),
            _ => throw new KustomizeException(
                DiagnosticIds.InvalidGenerator, $"'{file.Value}' must have the form path or key=path.", file.Position,
                "Write both sides of the equals sign; neither a key nor a path may contain one."),
        };
    }

    /// <summary>The lines of an env file: a byte order mark and blanks before a key are skipped, # starts a comment, a key alone has an empty value.</summary>
    private static IEnumerable<(string Key, byte[] Value)> ParseLines(SourceEntry file, Located<string> source)
    {
        byte[] content = file.Content;
        int start = content.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        for (int number = 1; start < content.Length; number++)
        {
            int end = Array.IndexOf(content, (byte)'\n', start);
            int next = end < 0 ? content.Length : end + 1;
            end = end < 0 ? content.Length : end;
            if (end > start && content[end - 1] == '\r')
            {
                end--;
            }
            string line;
            try
            {
                line = StrictUtf8.GetString(content, start, end - start).TrimStart();
            }
            catch (DecoderFallbackException)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidGenerator, $"Line {number} of '{source.Value}' is not UTF-8.", source.Position, "Save the file as UTF-8, or name it under 'files'.");
            }
            start = next;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? line : line[..equals];
            // kustomize passes over lines without a key.
            if (key.Length > 0)
            {
                yield return (key, Encoding.UTF8.GetBytes(equals < 0 ? "" : line[(equals + 1)..]));
            }
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}

/// <summary>A value that a generator was given.</summary>
/// <param name="Value">The value.</param>
/// <param name="Position">Where the entry of the generator that gives it is written.</param>
internal readonly record struct KeyValueSource(byte[] Value, SourcePosition Position);
