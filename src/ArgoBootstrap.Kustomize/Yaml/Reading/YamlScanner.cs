namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>
/// Cuts YAML text into tokens. What is a token where follows libyaml as go-yaml v3 has it, since kustomize accepts just
/// that: YAML 1.1, keys of at most 1,024 characters, no tabs in indentation, comments that swallow what stands between them.
/// </summary>
internal sealed partial class YamlScanner(byte[] bytes, int start, int line, SourceFile file) : YamlCursor(bytes, start, line, file)
{
    // go-yaml v3 looks at least this many tokens ahead.
    private const int LookAhead = 3;
    private const int LongestSimpleKey = 1024;
    private const int LongestCommentGap = 512;

    private readonly TokenQueue _queue = new();
    private SimpleKey[] _simpleKeys = new SimpleKey[8];
    private int[] _indents = new int[16];
    private int _indentCount;
    private int _flowLevel;
    private int _indent = -1;
    private bool _simpleKeyAllowed = true;

    // Whether a line has ended since the last character that is not blank.
    private bool _afterBreak;

    /// <summary>The next token.</summary>
    internal ref Token Peek()
    {
        if (!_queue.IsReady)
        {
            Fetch();
            _queue.IsReady = true;
        }
        return ref _queue.Head;
    }

    /// <summary>Removes the next token.</summary>
    internal void Skip() => _queue.RemoveHead();

    private void Fetch()
    {
        while (_queue.Count < LookAhead || IsHeadPossibleKey())
        {
            FetchNext();
        }
    }

    /// <summary>Whether the next token may turn out to be a key, so that another must be read to tell.</summary>
    private bool IsHeadPossibleKey()
    {
        for (int i = 0; i <= _flowLevel; i++)
        {
            if (_simpleKeys[i].Possible && _simpleKeys[i].Token == _queue.HeadNumber)
            {
                return IsValid(ref _simpleKeys[i]);
            }
        }
        return false;
    }

    private void FetchNext()
    {
        SkipToToken();
        Unroll(Column);
        byte c = Bytes[At];
        if (c == 0)
        {
            FetchEnd();
            return;
        }
        if (Column == 0)
        {
            if (c == '%')
            {
                ResetForDocument();
                ScanDirective();
                return;
            }
            if (IsDocumentIndicator((byte)'-') || IsDocumentIndicator((byte)'.'))
            {
                ResetForDocument();
                Indicator(c == '-' ? TokenKind.DocumentStart : TokenKind.DocumentEnd, 3);
                return;
            }
        }
        bool entry = FetchContent(c);
        if (!entry)
        {
            SkipLineComment();
        }
    }

    /// <summary>Fetches a token inside a document.</summary>
    /// <returns>Whether it was the dash of a sequence.</returns>
    private bool FetchContent(byte c)
    {
        switch (c)
        {
            case (byte)'[' or (byte)'{':
                SaveSimpleKey();
                IncreaseFlowLevel();
                _simpleKeyAllowed = true;
                Indicator(c == '[' ? TokenKind.FlowSequenceStart : TokenKind.FlowMappingStart, 1);
                return false;
            case (byte)']' or (byte)'}':
                RemoveSimpleKey();
                _flowLevel -= _flowLevel > 0 ? 1 : 0;
                _simpleKeyAllowed = false;
                Indicator(c == ']' ? TokenKind.FlowSequenceEnd : TokenKind.FlowMappingEnd, 1);
                return false;
            case (byte)',':
                RemoveSimpleKey();
                _simpleKeyAllowed = true;
                Indicator(TokenKind.FlowEntry, 1);
                return false;
            case (byte)'-' when IsBlankOrEnd(At + 1):
                FetchBlockEntry();
                return true;
            case (byte)'?' when _flowLevel > 0 || IsBlankOrEnd(At + 1):
                FetchKey();
                return false;
            case (byte)':' when _flowLevel > 0 || IsBlankOrEnd(At + 1):
                FetchValue();
                return false;
            case (byte)'*' or (byte)'&':
                SaveSimpleKey();
                _simpleKeyAllowed = false;
                ScanAnchor(c == '*' ? TokenKind.Alias : TokenKind.Anchor);
                return false;
            case (byte)'!':
                SaveSimpleKey();
                _simpleKeyAllowed = false;
                ScanTag();
                return false;
            case (byte)'|' or (byte)'>' when _flowLevel == 0:
                RemoveSimpleKey();
                _simpleKeyAllowed = true;
                ScanBlockScalar(c == '|');
                return false;
            case (byte)'\'' or (byte)'"':
                SaveSimpleKey();
                _simpleKeyAllowed = false;
                ScanQuotedScalar(c);
                return false;
            case (byte)'\t' or (byte)'|' or (byte)'>' or (byte)'%' or (byte)'@' or (byte)'`':
                throw CannotStart(c);
            default:
                SaveSimpleKey();
                _simpleKeyAllowed = false;
                ScanPlainScalar();
                return false;
        }
    }

    private Exception CannotStart(byte c) => c switch
    {
        (byte)'\t' => Error("Tabs cannot be used for indentation.", "Indent with spaces instead."),
        (byte)'%' or (byte)'@' or (byte)'`' => Error($"The character `{(char)c}` cannot begin a value.", "Put the value in quotes."),
        _ => Error($"A block scalar (`{(char)c}`) cannot stand inside `[]` or `{{}}`.", "Put the value in quotes."),
    };

    private void FetchEnd()
    {
        EndLastLine();
        Unroll(-1);
        RemoveSimpleKey();
        _simpleKeyAllowed = false;
        Indicator(TokenKind.StreamEnd, 0);
    }

    private void ResetForDocument()
    {
        Unroll(-1);
        RemoveSimpleKey();
        _simpleKeyAllowed = false;
    }

    private void FetchBlockEntry()
    {
        if (_flowLevel == 0)
        {
            if (!_simpleKeyAllowed)
            {
                throw Error("A sequence item cannot begin here.", "Begin the item on a line of its own, or put the value in quotes.");
            }
            Roll(Column, -1, TokenKind.BlockSequenceStart, Line, Column);
        }
        RemoveSimpleKey();
        _simpleKeyAllowed = true;
        Indicator(TokenKind.BlockEntry, 1);
    }

    private void FetchKey()
    {
        if (_flowLevel == 0)
        {
            if (!_simpleKeyAllowed)
            {
                throw Error("A mapping key cannot begin here.", "Begin the key on a line of its own, or put the value in quotes.");
            }
            Roll(Column, -1, TokenKind.BlockMappingStart, Line, Column);
        }
        RemoveSimpleKey();
        _simpleKeyAllowed = _flowLevel == 0;
        Indicator(TokenKind.Key, 1);
    }

    private void FetchValue()
    {
        ref SimpleKey key = ref _simpleKeys[_flowLevel];
        if (IsValid(ref key))
        {
            var token = new Token { Kind = TokenKind.Key, Line = key.Line, Column = key.Column, EndLine = key.Line, EndColumn = key.Column };
            _queue.Insert(key.Token, token);
            Roll(key.Column, key.Token, TokenKind.BlockMappingStart, key.Line, key.Column);
            key.Possible = false;
            _simpleKeyAllowed = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                if (!_simpleKeyAllowed)
                {
                    throw Error("A `: ` cannot stand here: the line has a key already, or the text before it is not a key.", "Put text that holds `: ` in quotes, or correct the indentation.");
                }
                Roll(Column, -1, TokenKind.BlockMappingStart, Line, Column);
            }
            _simpleKeyAllowed = _flowLevel == 0;
        }
        Indicator(TokenKind.Value, 1);
    }

    /// <summary>Appends a token of so many ASCII characters.</summary>
    private void Indicator(TokenKind kind, int length)
    {
        var token = new Token { Kind = kind, Line = Line, Column = Column };
        At += length;
        _afterBreak = _afterBreak && length == 0;
        token.EndLine = Line;
        token.EndColumn = Column;
        _queue.Add(token);
    }

    /// <summary>Skips blanks, comments and line ends.</summary>
    private void SkipToToken()
    {
        while (true)
        {
            while (Bytes[At] == ' ' || (Bytes[At] == '\t' && (_flowLevel > 0 || !_simpleKeyAllowed)))
            {
                At++;
            }
            if (Bytes[At] == '#')
            {
                KeepSchema(At, _afterBreak || Line == 1);
                SkipComments();
            }
            if (!IsBreak(At))
            {
                return;
            }
            NextLine();
            _afterBreak = true;
            _simpleKeyAllowed |= _flowLevel == 0;
        }
    }

    /// <summary>Skips a comment, and every comment after it that nothing but blanks (and, oddly, tabs) and line ends come before.</summary>
    private void SkipComments()
    {
        while (true)
        {
            MoveTo(FindLineEnd(At));
            int ahead = At;
            int limit = At + LongestCommentGap;
            while (ahead < limit && (IsBlank(ahead) || IsBreak(ahead)))
            {
                ahead++;
                while ((Bytes[ahead] & 0xC0) == 0x80)
                {
                    ahead++;
                }
            }
            if (Bytes[ahead] != '#' || ahead >= limit)
            {
                return;
            }
            // A comment of several lines is not a schema.
            SchemaComments?.Drop(Line);
            while (At < ahead)
            {
                if (IsBreak(At))
                {
                    NextLine();
                    _simpleKeyAllowed |= _flowLevel == 0;
                }
                else
                {
                    At++;
                }
            }
        }
    }

    /// <summary>Skips a comment on the line of the token before it.</summary>
    private void SkipLineComment()
    {
        if (_afterBreak)
        {
            return;
        }
        int ahead = At;
        while (IsBlank(ahead) && ahead < At + LongestCommentGap)
        {
            ahead++;
        }
        if (Bytes[ahead] == '#')
        {
            KeepSchema(ahead, onOwnLine: false);
            MoveTo(FindLineEnd(ahead));
        }
    }
}
