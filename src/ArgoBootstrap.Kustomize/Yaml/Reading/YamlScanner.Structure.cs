using System.Runtime.CompilerServices;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Where keys may begin, and where blocks begin and end.</content>
internal sealed partial class YamlScanner
{
    private void IncreaseFlowLevel()
    {
        _flowLevel++;
        if (_flowLevel == _simpleKeys.Length)
        {
            Array.Resize(ref _simpleKeys, _flowLevel * 2);
        }
        _simpleKeys[_flowLevel] = default;
    }

    /// <summary>Notes that a key may begin here.</summary>
    private void SaveSimpleKey()
    {
        if (!_simpleKeyAllowed)
        {
            return;
        }
        RemoveSimpleKey();
        _simpleKeys[_flowLevel] = new SimpleKey
        {
            Possible = true,
            Required = _flowLevel == 0 && _indent == Column,
            Token = _queue.NextNumber,
            Index = Index,
            Line = Line,
            Column = Column,
        };
    }

    private void RemoveSimpleKey()
    {
        ref SimpleKey key = ref _simpleKeys[_flowLevel];
        if (key.Possible && key.Required)
        {
            throw NoColon(ref key);
        }
        key.Possible = false;
    }

    private bool IsValid(ref SimpleKey key)
    {
        if (key.Possible && (key.Line < Line || key.Index + LongestSimpleKey < Index))
        {
            if (key.Required)
            {
                throw NoColon(ref key);
            }
            key.Possible = false;
        }
        return key.Possible;
    }

    private Exception NoColon(ref SimpleKey key) => Error(
        "A key was expected here, but no `:` follows on its line.",
        key.Line,
        key.Column,
        "Write `key: value` with a space after the colon, or indent the text if it continues the value before it.");

    /// <summary>Begins a block if the column is further to the right than the block that is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Roll(int column, long number, TokenKind kind, int tokenLine, int tokenColumn)
    {
        if (_flowLevel > 0 || _indent >= column)
        {
            return;
        }
        if (_indentCount == _indents.Length)
        {
            Array.Resize(ref _indents, _indentCount * 2);
        }
        _indents[_indentCount++] = _indent;
        _indent = column;
        var token = new Token { Kind = kind, Line = tokenLine, Column = tokenColumn, EndLine = tokenLine, EndColumn = tokenColumn };
        if (number < 0)
        {
            _queue.Add(token);
        }
        else
        {
            _queue.Insert(number, token);
        }
    }

    /// <summary>Ends the blocks that are further to the right than the column.</summary>
    private void Unroll(int column)
    {
        if (_flowLevel > 0)
        {
            return;
        }
        while (_indent > column)
        {
            _queue.Add(new Token { Kind = TokenKind.BlockEnd, Line = Line, Column = Column, EndLine = Line, EndColumn = Column });
            _indent = _indents[--_indentCount];
        }
    }

    /// <summary>A place at which a key without <c>?</c> may have begun.</summary>
    private struct SimpleKey
    {
        internal bool Possible;
        internal bool Required;
        internal long Token;
        internal int Index;
        internal int Line;
        internal int Column;
    }
}
