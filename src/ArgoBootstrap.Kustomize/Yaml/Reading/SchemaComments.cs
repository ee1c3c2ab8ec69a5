using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>
/// Comments that hold an OpenAPI schema in JSON, which kustomize (kyaml: fieldmeta) takes for the schema of the key that they
/// stand beside or above: <c>items: # {"type":"array","x-kubernetes-patch-strategy":"merge"}</c>.
/// </summary>
internal sealed class SchemaComments
{
    // Deeper schemas are nobody's, and reading one is work that a comment may not cause.
    private static readonly YamlLimits Limits = new() { MaximumDepth = 64, MaximumExpandedNodes = 10_000, MaximumFileBytes = 64 << 10 };
    private readonly Dictionary<int, Comment> _byLine = [];

    /// <summary>Keeps a comment.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="onOwnLine">Whether nothing stands before it.</param>
    /// <param name="text">Its text, from the brace.</param>
    internal void Add(int line, bool onOwnLine, string text) => _byLine.TryAdd(line, new Comment(onOwnLine, text));

    /// <summary>Forgets the comment of a line.</summary>
    internal void Drop(int line) => _byLine.Remove(line);

    /// <summary>The schema of a key of a block mapping: on its line where its value begins below it or ends there too, or on the line above.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    internal MappingNode? Of(ScalarNode key, YamlNode value)
    {
        if (value is ScalarNode)
        {
            return null;
        }
        if (_byLine.TryGetValue(key.Position.Line, out Comment beside) && !beside.OnOwnLine)
        {
            return Read(beside.Text);
        }
        return _byLine.TryGetValue(key.Position.Line - 1, out Comment above) && above.OnOwnLine && !_byLine.ContainsKey(key.Position.Line - 2) ? Read(above.Text) : null;
    }

    /// <summary>The JSON of a comment; null when it is none, which is not an error.</summary>
    private static MappingNode? Read(string json)
    {
        try
        {
            return YamlReader.ReadAll(System.Text.Encoding.UTF8.GetBytes(json), new SourceFile("comment"), Limits) is [MappingNode { Count: > 0 } schema] ? schema : null;
        }
        catch (KustomizeException)
        {
            return null;
        }
    }

    private readonly record struct Comment(bool OnOwnLine, string Text);
}
