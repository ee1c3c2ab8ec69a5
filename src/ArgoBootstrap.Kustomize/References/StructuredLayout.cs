using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// What a YAML text has that its nodes do not keep: comments.
/// They are found by place, so that they stay with nodes that were changed.
/// </summary>
internal sealed class StructuredLayout
{
    private readonly SourceFile _file;
    private readonly string[] _lines;
    private readonly Dictionary<(int Line, int Column), int> _endLines = [];
    private readonly Dictionary<int, string> _lineComments = [];
    private readonly List<FullLineComment> _comments = [];

    /// <summary>Reads the layout of the first document of a text that is known to be YAML.</summary>
    /// <param name="bytes">The text, as the scanner takes it.</param>
    /// <param name="lines">The text by lines.</param>
    /// <param name="file">The file that the nodes' positions name.</param>
    public StructuredLayout(byte[] bytes, string[] lines, SourceFile file)
    {
        _file = file;
        _lines = lines;
        Scan(new YamlScanner(bytes, 0, 1, file));
    }

    /// <summary>The comments that have a line of their own, in order.</summary>
    public IReadOnlyList<FullLineComment> Comments => _comments;

    /// <summary>Whether a position is one of this text.</summary>
    /// <param name="position">The position.</param>
    public bool Has(SourcePosition position) => ReferenceEquals(position.File, _file) && position.Line > 0;

    /// <summary>The comment behind a scalar or flow node, or null.</summary>
    /// <param name="node">The node.</param>
    public string? CommentBehind(YamlNode node) =>
        Has(node.Position) ? _lineComments.GetValueOrDefault(_endLines.GetValueOrDefault((node.Position.Line, node.Position.Column), node.Position.Line)) : null;

    private void Scan(YamlScanner scanner)
    {
        var flowStarts = new Stack<(int Line, int Column)>();
        (int line, int column) = (1, 0);
        bool hasContent = false;
        while (true)
        {
            Token token = scanner.Peek();
            if (token.Kind is TokenKind.StreamEnd or TokenKind.DocumentEnd || (token.Kind == TokenKind.DocumentStart && hasContent))
            {
                AddComments(line, column, token.Kind == TokenKind.StreamEnd ? _lines.Length + 1 : token.Line, 0, isEnd: true);
                return;
            }
            scanner.Skip();
            if (token.Kind is not (TokenKind.Scalar or TokenKind.FlowMappingStart or TokenKind.FlowMappingEnd or TokenKind.FlowSequenceStart or TokenKind.FlowSequenceEnd
                or TokenKind.BlockEntry or TokenKind.Alias or TokenKind.Anchor or TokenKind.Tag or TokenKind.DocumentStart))
            {
                continue;
            }
            hasContent = true;
            AddComments(line, column, token.Line, token.Column, isEnd: false);
            switch (token.Kind)
            {
                case TokenKind.FlowMappingStart or TokenKind.FlowSequenceStart:
                    flowStarts.Push((token.Line, token.Column + 1));
                    break;
                case TokenKind.FlowMappingEnd or TokenKind.FlowSequenceEnd when flowStarts.Count > 0:
                    _endLines[flowStarts.Pop()] = token.EndLine;
                    break;
                case TokenKind.Scalar when token.Style is not (ScalarStyle.Literal or ScalarStyle.Folded):
                    _endLines[(token.Line, token.Column + 1)] = token.EndLine;
                    break;
            }
            bool isBlock = token is { Kind: TokenKind.Scalar, Style: ScalarStyle.Literal or ScalarStyle.Folded };
            (line, column) = isBlock ? (EndOfBlock(token.Line), 0) : (token.EndLine, token.EndColumn);
        }
    }

    // The line after the text of a block scalar: the first that is less indented than the text's first line.
    private int EndOfBlock(int headerLine)
    {
        int indent = -1;
        int line = headerLine + 1;
        for (; line <= _lines.Length; line++)
        {
            ReadOnlySpan<char> text = _lines[line - 1];
            if (text.IsWhiteSpace())
            {
                continue;
            }
            int columns = text.Length - text.TrimStart(' ').Length;
            indent = indent < 0 ? columns : indent;
            if (columns < indent)
            {
                break;
            }
        }
        return line;
    }

    // Looks for comments in what stands between two tokens.
    private void AddComments(int line, int column, int nextLine, int nextColumn, bool isEnd)
    {
        int before = line;
        for (int l = line; l <= Math.Min(nextLine, _lines.Length); l++)
        {
            string text = _lines[l - 1];
            int from = l == line ? Math.Min(column, text.Length) : 0;
            int to = l == nextLine ? Math.Min(nextColumn, text.Length) : text.Length;
            int hash = from < to ? text.IndexOf('#', from, to - from) : -1;
            if (hash < 0 || (hash > 0 && text[hash - 1] is not (' ' or '\t')))
            {
                continue;
            }
            string comment = text[hash..].TrimEnd();
            if (!text.AsSpan(0, hash).IsWhiteSpace())
            {
                _lineComments[l] = comment;
                continue;
            }
            bool blankBefore = l > 1 && string.IsNullOrWhiteSpace(_lines[l - 2]);
            bool blankAfter = l < _lines.Length && string.IsNullOrWhiteSpace(_lines[l]);
            _comments.Add(new FullLineComment(l, hash + 1, comment, before, isEnd ? 0 : nextColumn + 1, blankBefore && isEnd && _comments.LastOrDefault()?.Line != l - 2, blankAfter));
        }
    }
}

/// <summary>A comment with a line of its own.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Text">The comment with its <c>#</c>.</param>
/// <param name="LineBefore">The line where what precedes it ends.</param>
/// <param name="NextColumn">The column of what follows it, from 1; 0 at the end of the document.</param>
/// <param name="BlankBefore">Whether an empty line is written before it.</param>
/// <param name="BlankAfter">Whether an empty line follows it.</param>
internal sealed record FullLineComment(int Line, int Column, string Text, int LineBefore, int NextColumn, bool BlankBefore, bool BlankAfter);
