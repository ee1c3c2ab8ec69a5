using System.Runtime.InteropServices;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Sequences and mappings.</content>
internal sealed partial class YamlParser
{
    private SequenceNode BlockSequence(SourcePosition position, int depth)
    {
        Token opening = _scanner.Peek();
        _scanner.Skip();
        int firstItem = _items.Count;
        while (_scanner.Peek().Kind == TokenKind.BlockEntry)
        {
            Token entry = _scanner.Peek();
            _scanner.Skip();
            _items.Add(_scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.BlockEnd
                ? EmptyAfter(entry, depth)
                : Node(depth + 1, block: true, indentless: false));
        }
        Token end = _scanner.Peek();
        if (end.Kind != TokenKind.BlockEnd)
        {
            throw Error(
                $"A `- ` was expected: the sequence that begins in line {opening.Line} goes on here, or the indentation is wrong.",
                end,
                "Align the items of the sequence with each other, and what belongs to an item with the text after its dash.");
        }
        _scanner.Skip();
        return Sequence(firstItem, position);
    }

    private SequenceNode IndentlessSequence(SourcePosition position, int depth)
    {
        int firstItem = _items.Count;
        while (_scanner.Peek().Kind == TokenKind.BlockEntry)
        {
            Token entry = _scanner.Peek();
            _scanner.Skip();
            _items.Add(_scanner.Peek().Kind is TokenKind.BlockEntry or TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
                ? EmptyAfter(entry, depth)
                : Node(depth + 1, block: true, indentless: false));
        }
        return Sequence(firstItem, position);
    }

    private SequenceNode FlowSequence(SourcePosition position, int depth)
    {
        Token opening = _scanner.Peek();
        _scanner.Skip();
        int firstItem = _items.Count;
        bool first = true;
        while (_scanner.Peek().Kind != TokenKind.FlowSequenceEnd)
        {
            if (!first)
            {
                SkipComma(opening, ']');
            }
            first = false;
            if (_scanner.Peek().Kind == TokenKind.Key)
            {
                _items.Add(SinglePair(depth + 1));
            }
            else if (_scanner.Peek().Kind != TokenKind.FlowSequenceEnd)
            {
                _items.Add(Node(depth + 1, block: false, indentless: false));
            }
        }
        _scanner.Skip();
        return Sequence(firstItem, position, flow: true);
    }

    /// <summary>A mapping of one key inside <c>[]</c>, without braces.</summary>
    private MappingNode SinglePair(int depth)
    {
        Token start = _scanner.Peek();
        Count(start, depth);
        _scanner.Skip();
        YamlNode key = _scanner.Peek().Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowSequenceEnd
            ? EmptyAfter(start, depth)
            : Node(depth + 1, block: false, indentless: false);
        YamlNode value = FlowValue(depth, TokenKind.FlowSequenceEnd);
        MappingEntry[] entries = [Entry(key, value)];
        var position = new SourcePosition(_scanner.File, start.Line, start.Column + 1);
        return Mapping(entries, position, flow: true);
    }

    private MappingNode FlowMapping(SourcePosition position, int depth)
    {
        Token opening = _scanner.Peek();
        _scanner.Skip();
        int firstEntry = _entries.Count;
        bool first = true;
        while (_scanner.Peek().Kind != TokenKind.FlowMappingEnd)
        {
            if (!first)
            {
                SkipComma(opening, '}');
            }
            first = false;
            Token token = _scanner.Peek();
            if (token.Kind == TokenKind.Key)
            {
                _scanner.Skip();
                Token next = _scanner.Peek();
                YamlNode key = next.Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowMappingEnd
                    ? Empty(next.Line, next.Column)
                    : Node(depth + 1, block: false, indentless: false);
                _entries.Add(Entry(key, FlowValue(depth, TokenKind.FlowMappingEnd)));
            }
            else if (token.Kind != TokenKind.FlowMappingEnd)
            {
                YamlNode key = Node(depth + 1, block: false, indentless: false);
                Token next = _scanner.Peek();
                _entries.Add(Entry(key, Empty(next.Line, next.Column)));
            }
        }
        _scanner.Skip();
        return Mapping(TakeEntries(firstEntry), position, flow: true);
    }

    private YamlNode FlowValue(int depth, TokenKind end)
    {
        Token token = _scanner.Peek();
        if (token.Kind == TokenKind.Value)
        {
            _scanner.Skip();
            token = _scanner.Peek();
            if (token.Kind != TokenKind.FlowEntry && token.Kind != end)
            {
                return Node(depth + 1, block: false, indentless: false);
            }
        }
        return Empty(token.Line, token.Column);
    }

    private void SkipComma(in Token opening, char closing)
    {
        Token token = _scanner.Peek();
        if (token.Kind != TokenKind.FlowEntry)
        {
            char bracket = closing == ']' ? '[' : '{';
            throw Error(
                token.Kind == TokenKind.StreamEnd
                    ? $"The `{bracket}` that begins in line {opening.Line} is never closed."
                    : $"A `,` or `{closing}` was expected inside the `{bracket}` that begins in line {opening.Line}.",
                token.Kind == TokenKind.StreamEnd ? opening : token,
                "Separate items by commas and close the bracket, or put the value in quotes if the brackets belong to its text.");
        }
        _scanner.Skip();
    }

    private MappingNode BlockMapping(SourcePosition position, int depth)
    {
        Token opening = _scanner.Peek();
        _scanner.Skip();
        int firstEntry = _entries.Count;
        while (_scanner.Peek().Kind != TokenKind.BlockEnd)
        {
            Token token = _scanner.Peek();
            if (token.Kind != TokenKind.Key)
            {
                throw Error(
                    $"A key was expected: the mapping that begins in line {opening.Line} goes on here, or the indentation is wrong.",
                    token,
                    "Align the keys of the mapping with each other, and put values that begin with `[`, `{`, `*`, `&` or a quote but go on after it in quotes.");
            }
            _scanner.Skip();
            YamlNode key = BlockPart(token, depth);
            Token value = _scanner.Peek();
            if (value.Kind == TokenKind.Value)
            {
                _scanner.Skip();
                _entries.Add(BlockEntry(key, BlockPart(value, depth)));
            }
            else
            {
                _entries.Add(Entry(key, Empty(value.Line, value.Column)));
            }
        }
        _scanner.Skip();
        return Mapping(TakeEntries(firstEntry), position, flow: false);
    }

    /// <summary>The key or value after its indicator, which may be missing.</summary>
    private YamlNode BlockPart(in Token indicator, int depth) =>
        _scanner.Peek().Kind is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd
            ? EmptyAfter(indicator, depth)
            : Node(depth + 1, block: true, indentless: true);

    private ScalarNode EmptyAfter(in Token token, int depth)
    {
        Count(token, depth + 1);
        return Empty(token.EndLine, token.EndColumn);
    }

    private SequenceNode Sequence(int firstItem, SourcePosition position, bool flow = false)
    {
        YamlNode[] items = CollectionsMarshal.AsSpan(_items)[firstItem..].ToArray();
        _items.RemoveRange(firstItem, items.Length);
        return new SequenceNode(items, position) { IsFlow = flow };
    }

    private MappingEntry[] TakeEntries(int firstEntry)
    {
        MappingEntry[] entries = CollectionsMarshal.AsSpan(_entries)[firstEntry..].ToArray();
        _entries.RemoveRange(firstEntry, entries.Length);
        return entries;
    }

    private MappingNode Mapping(MappingEntry[] entries, SourcePosition position, bool flow) =>
        new(!KeepsAliases && Merges.HasMergeKey(entries, DropsQuotedMergeKeys) ? Merges.Expand(entries, Count, MergesInOrder) : entries, position) { IsFlow = flow };

    private void Count(ScalarNode key) =>
        Count(new Token { Line = key.Position.Line, Column = key.Position.Column - 1 }, 0);

    private MappingEntry Entry(YamlNode key, YamlNode value) => new((key is AliasNode alias ? alias.Target : key) as ScalarNode ?? throw Merges.NotAScalar(key), value);

    private MappingEntry BlockEntry(YamlNode key, YamlNode value)
    {
        MappingEntry entry = Entry(key, value);
        return _scanner.SchemaComments?.Of(entry.Key, value) is MappingNode schema ? entry with { Key = entry.Key.WithSchema(schema) } : entry;
    }
}
