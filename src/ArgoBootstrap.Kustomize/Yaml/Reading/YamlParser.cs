using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Builds the nodes of YAML documents from tokens: expands aliases and merge keys, and stops at the limits.</summary>
internal sealed partial class YamlParser(byte[] bytes, int start, int line, SourceFile file, YamlLimits limits)
{
    private readonly YamlScanner _scanner = new(bytes, start, line, file);
    private readonly List<MappingEntry> _entries = [];
    private readonly List<YamlNode> _items = [];
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tagHandles = new(StringComparer.Ordinal);
    private bool _first = true;

    /// <summary>Whether the key <c>&lt;&lt;</c> is dropped in quotes too, as kustomize does where it reads objects.</summary>
    internal bool DropsQuotedMergeKeys { get; init; }

    /// <summary>Whether what a merge key brings replaces the keys before it, as it does where kustomize reads with go-yaml v2: all that is not an object.</summary>
    internal bool MergesInOrder { get; init; }

    /// <summary>Whether aliases and merge keys are kept as they are written.</summary>
    internal bool KeepsAliases { get; init; }

    // Nodes read so far, and the deepest level reached, both as if aliases had been written out.
    private long _expandedNodes;
    private int _deepest;

    /// <summary>Reads the next document.</summary>
    /// <returns>Its root, or null at the end. An empty document is an empty plain scalar.</returns>
    internal YamlNode? ReadDocument()
    {
        while (!_first && _scanner.Peek().Kind == TokenKind.DocumentEnd)
        {
            _scanner.Skip();
        }
        bool bare = _first && _scanner.Peek().Kind is not (TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.StreamEnd);
        _first = false;
        if (_scanner.Peek().Kind == TokenKind.StreamEnd)
        {
            return null;
        }
        ReadDirectives();
        if (!bare)
        {
            Token token = _scanner.Peek();
            if (token.Kind != TokenKind.DocumentStart)
            {
                throw Error("Something follows the end of the document.", token, "Correct the indentation, or begin a new document with a line of `---`.");
            }
            _scanner.Skip();
        }
        _expandedNodes = 0;
        _deepest = 0;
        Token next = _scanner.Peek();
        bool empty = !bare && next.Kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.StreamEnd;
        YamlNode root = empty ? Empty(next.Line, next.Column) : Node(0, block: true, indentless: false);
        if (_scanner.Peek().Kind == TokenKind.DocumentEnd)
        {
            _scanner.Skip();
        }
        return root;
    }

    private void ReadDirectives()
    {
        _tagHandles.Clear();
        bool version = false;
        while (_scanner.Peek().Kind is TokenKind.VersionDirective or TokenKind.TagDirective)
        {
            Token token = _scanner.Peek();
            if (token.Kind == TokenKind.VersionDirective)
            {
                if (version || token.Text != "1.1")
                {
                    throw Error(version ? "There are two %YAML directives." : $"YAML version {token.Text} is not supported.", token, "Remove the %YAML line.");
                }
                version = true;
            }
            else if (!_tagHandles.TryAdd(token.Text!, token.Extra!))
            {
                throw Error($"The tag handle {token.Text} is declared twice.", token, "Remove one of the %TAG lines.");
            }
            _scanner.Skip();
        }
        _tagHandles.TryAdd("!", "!");
        _tagHandles.TryAdd("!!", "tag:yaml.org,2002:");
    }

    /// <summary>Reads a node.</summary>
    /// <param name="depth">Levels above it.</param>
    /// <param name="block">Whether block collections may stand here.</param>
    /// <param name="indentless">Whether a sequence may stand here that is not indented.</param>
    private YamlNode Node(int depth, bool block, bool indentless)
    {
        Token token = _scanner.Peek();
        if (token.Kind == TokenKind.Alias)
        {
            _scanner.Skip();
            return Alias(token, depth);
        }
        Count(token, depth);
        Token first = token;
        string? anchor = null;
        string? tag = null;
        bool tagged = false;
        while (token.Kind == TokenKind.Anchor ? anchor is null : token.Kind == TokenKind.Tag && !tagged)
        {
            if (token.Kind == TokenKind.Anchor)
            {
                anchor = token.Text;
            }
            else
            {
                tag = FullTag(token);
                tagged = true;
            }
            _scanner.Skip();
            token = _scanner.Peek();
        }
        if (anchor is null)
        {
            return Content(token, first, tag, depth, block, indentless);
        }
        // Its own content may not refer to it: that would never end.
        _anchors[anchor] = default;
        long before = _expandedNodes;
        int outer = _deepest;
        _deepest = depth;
        YamlNode node = Content(token, first, tag, depth, block, indentless);
        _anchors[anchor] = new Anchored(node, _expandedNodes - before + 1, _deepest - depth);
        _deepest = Math.Max(outer, _deepest);
        return node;
    }

    private YamlNode Content(in Token token, in Token first, string? tag, int depth, bool block, bool indentless)
    {
        SourcePosition position = new(_scanner.File, first.Line, first.Column + 1);
        switch (token.Kind)
        {
            case TokenKind.BlockEntry when indentless:
                return IndentlessSequence(position, depth);
            case TokenKind.Scalar:
                _scanner.Skip();
                return new ScalarNode(token.Text!, tag ?? token.Extra ?? ScalarTags.String, token.Style, position) { HasExplicitTag = tag is not null };
            case TokenKind.FlowSequenceStart:
                return FlowSequence(position, depth);
            case TokenKind.FlowMappingStart:
                return FlowMapping(position, depth);
            case TokenKind.BlockSequenceStart when block:
                return BlockSequence(position, depth);
            case TokenKind.BlockMappingStart when block:
                return BlockMapping(position, depth);
        }
        if (first.Kind is TokenKind.Anchor or TokenKind.Tag)
        {
            return new ScalarNode("", tag ?? ScalarTags.Null, ScalarStyle.Plain, position) { HasExplicitTag = tag is not null };
        }
        throw Unexpected(token, block ? "a value" : "a value inside `[]` or `{}`");
    }

    private YamlNode Alias(in Token token, int depth)
    {
        if (!_anchors.TryGetValue(token.Text!, out Anchored anchored))
        {
            throw Error($"The alias *{token.Text} refers to an anchor that is not there.", token, $"Define &{token.Text} before it is used, or put the value in quotes if it is text that begins with `*`.");
        }
        if (anchored.Node is null)
        {
            throw Error($"The alias *{token.Text} stands inside what it refers to.", token, "Remove the alias: its content would never end.");
        }
        _expandedNodes += anchored.Size - 1;
        Count(token, depth + anchored.Height);
        return KeepsAliases ? new AliasNode(anchored.Node, new SourcePosition(_scanner.File, token.Line, token.Column + 1)) : anchored.Node;
    }

    /// <summary>The tag in its short form; null for the tag <c>!</c>, which changes nothing.</summary>
    private string? FullTag(in Token token)
    {
        const string Prefix = "tag:yaml.org,2002:";
        string tag;
        if (token.Text!.Length == 0)
        {
            tag = token.Extra!;
        }
        else if (_tagHandles.TryGetValue(token.Text, out string? prefix))
        {
            tag = prefix + token.Extra;
        }
        else
        {
            throw Error($"The tag handle {token.Text} is not declared.", token, "Declare it with %TAG, or put the value in quotes if the `!` belongs to it.");
        }
        if (tag == "!" || tag.Length == 0)
        {
            return null;
        }
        if (!tag.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return tag;
        }
        return tag[Prefix.Length..] switch
        {
            "str" => ScalarTags.String,
            "int" => ScalarTags.Integer,
            "float" => ScalarTags.Float,
            "bool" => ScalarTags.Boolean,
            "null" => ScalarTags.Null,
            "timestamp" => ScalarTags.Timestamp,
            "binary" => ScalarTags.Binary,
            "merge" => ScalarTags.Merge,
            string other => "!!" + other,
        };
    }

    private ScalarNode Empty(int emptyLine, int column) =>
        new("", ScalarTags.Null, ScalarStyle.Plain, new SourcePosition(_scanner.File, emptyLine, column + 1));

    private void Count(in Token token, int depth)
    {
        if (depth > limits.MaximumDepth)
        {
            throw Limit($"Values are nested deeper than {limits.MaximumDepth} levels.", token, "Nest less deeply.");
        }
        if (++_expandedNodes > limits.MaximumExpandedNodes)
        {
            throw Limit($"The document has more than {limits.MaximumExpandedNodes} values once its aliases are written out.", token, "Use fewer aliases of aliases.");
        }
        _deepest = Math.Max(_deepest, depth);
    }

    private KustomizeException Limit(string problem, in Token token, string remedy) =>
        new(DiagnosticIds.LimitExceeded, problem, new SourcePosition(_scanner.File, token.Line, token.Column + 1), remedy);

    private KustomizeException Error(string problem, in Token token, string remedy) => _scanner.Error(problem, token.Line, token.Column, remedy);

    private KustomizeException Unexpected(in Token token, string expected) => token.Kind switch
    {
        TokenKind.FlowSequenceEnd or TokenKind.FlowMappingEnd =>
            Error($"A closing bracket stands where {expected} was expected.", token, "Remove the bracket, or put the value in quotes."),
        TokenKind.StreamEnd => Error($"The text ends where {expected} was expected.", token, "Close what is open: a bracket or a quote."),
        TokenKind.BlockEntry => Error($"A `- ` stands where {expected} was expected.", token, "Correct the indentation, or put the value in quotes."),
        TokenKind.FlowEntry => Error($"A comma stands where {expected} was expected.", token, "Remove the comma, or put the value in quotes."),
        _ => Error($"Something else stands where {expected} was expected.", token, "Correct the indentation of this line; it must be aligned with its neighbours."),
    };

    /// <summary>What an anchor refers to; without a node while it is being read.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="Size">Its nodes, as if aliases had been written out.</param>
    /// <param name="Height">Levels below it.</param>
    private readonly record struct Anchored(YamlNode? Node, long Size, int Height);
}
