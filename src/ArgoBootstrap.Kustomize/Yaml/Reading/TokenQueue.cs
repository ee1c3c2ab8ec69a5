namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Tokens that were read ahead, each with a running number, so that one can still be put before those that wait.</summary>
internal sealed class TokenQueue
{
    private Token[] _tokens = new Token[16];
    private int _head;

    /// <summary>Tokens that wait.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of the first token that waits.</summary>
    internal long HeadNumber { get; private set; }

    /// <summary>Number of the token that is appended next.</summary>
    internal long NextNumber => HeadNumber + Count;

    /// <summary>Whether the first token is known to be final.</summary>
    internal bool IsReady { get; set; }

    /// <summary>The first token that waits.</summary>
    internal ref Token Head => ref _tokens[_head];

    /// <summary>Appends a token.</summary>
    internal void Add(in Token token)
    {
        MakeRoom();
        _tokens[_head + Count++] = token;
    }

    /// <summary>Puts a token before the one with a number.</summary>
    internal void Insert(long number, in Token token)
    {
        MakeRoom();
        int at = _head + (int)(number - HeadNumber);
        Array.Copy(_tokens, at, _tokens, at + 1, _head + Count - at);
        _tokens[at] = token;
        Count++;
    }

    /// <summary>Removes the first token.</summary>
    internal void RemoveHead()
    {
        _tokens[_head++] = default;
        Count--;
        HeadNumber++;
        IsReady = false;
        if (Count == 0)
        {
            _head = 0;
        }
    }

    private void MakeRoom()
    {
        if (_head + Count < _tokens.Length)
        {
            return;
        }
        Token[] target = _head > 0 && Count <= _tokens.Length / 2 ? _tokens : new Token[_tokens.Length * 2];
        Array.Copy(_tokens, _head, target, 0, Count);
        if (ReferenceEquals(target, _tokens))
        {
            Array.Clear(_tokens, Count, _tokens.Length - Count);
        }
        _tokens = target;
        _head = 0;
    }
}
