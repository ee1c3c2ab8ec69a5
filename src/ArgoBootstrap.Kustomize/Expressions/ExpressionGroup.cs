namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>A group that is being read: its alternatives, and the parts of the one that is read now.</summary>
/// <param name="isCapture">Whether it is one that Go would number.</param>
/// <param name="flagsOutside">The flags that hold after it.</param>
internal sealed class ExpressionGroup(bool isCapture, ExpressionFlags flagsOutside)
{
    private readonly List<ExpressionNode> _alternatives = [];
    private List<ExpressionNode> _parts = [];

    /// <summary>Whether it is one that Go would number.</summary>
    public bool IsCapture => isCapture;

    /// <summary>The flags that hold after it.</summary>
    public ExpressionFlags FlagsOutside => flagsOutside;

    /// <summary>Adds a part.</summary>
    public void Add(ExpressionNode part) => _parts.Add(part);

    /// <summary>Takes the part out again that was added last; null when there is none.</summary>
    public ExpressionNode? TakeLast()
    {
        if (_parts.Count == 0)
        {
            return null;
        }
        ExpressionNode last = _parts[^1];
        _parts.RemoveAt(_parts.Count - 1);
        return last;
    }

    /// <summary>Ends the alternative that is read now.</summary>
    public void NextAlternative()
    {
        AddAlternative(Concatenated());
        _parts = [];
    }

    /// <summary>All that was read.</summary>
    public ExpressionNode Close()
    {
        NextAlternative();
        return _alternatives.Count == 1 ? _alternatives[0] : new AlternativesNode([.. _alternatives]);
    }

    private void AddAlternative(ExpressionNode alternative)
    {
        if (alternative is AlternativesNode inner)
        {
            _alternatives.AddRange(inner.Parts);
        }
        else if (_alternatives.Count > 0 && Characters(_alternatives[^1]) is { } before && Characters(alternative) is { } characters)
        {
            var both = new RuneSetBuilder();
            both.Add(before);
            both.Add(characters);
            _alternatives[^1] = new SetNode(both.Build());
        }
        else
        {
            _alternatives.Add(alternative);
        }
    }

    private ExpressionNode Concatenated()
    {
        List<ExpressionNode> merged = [];
        foreach (ExpressionNode part in _parts.SelectMany(p => p is ConcatenationNode inner ? inner.Parts : [p]))
        {
            if (part is LiteralNode literal && merged.Count > 0 && merged[^1] is LiteralNode before && before.IgnoreCase == literal.IgnoreCase)
            {
                merged[^1] = new LiteralNode([.. before.Runes, .. literal.Runes], literal.IgnoreCase);
            }
            else
            {
                merged.Add(part);
            }
        }
        return merged.Count switch
        {
            0 => new EmptyNode(),
            1 => merged[0],
            _ => new ConcatenationNode(merged),
        };
    }

    private static RuneSet? Characters(ExpressionNode node) => node switch
    {
        SetNode set => set.Set,
        LiteralNode { Runes: [int rune], IgnoreCase: false } => new RuneSet([rune, rune]),
        _ => null,
    };
}
