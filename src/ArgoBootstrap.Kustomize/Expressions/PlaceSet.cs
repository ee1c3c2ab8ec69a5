namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>A set of places in a program, whose memory need not be cleared (Briggs and Torczon: a sparse set).</summary>
/// <param name="dense">Room for the places.</param>
/// <param name="sparse">Room for where each place is among them.</param>
internal ref struct PlaceSet(Span<int> dense, Span<int> sparse)
{
    private readonly Span<int> _dense = dense;
    private readonly Span<int> _sparse = sparse;
    private int _count;

    /// <summary>The places, in the order in which they were added.</summary>
    public readonly ReadOnlySpan<int> Items => _dense[.._count];

    /// <summary>Adds a place.</summary>
    /// <returns>Whether it was not there yet.</returns>
    public bool Add(int place)
    {
        int at = _sparse[place];
        if ((uint)at < (uint)_count && _dense[at] == place)
        {
            return false;
        }
        _sparse[place] = _count;
        _dense[_count++] = place;
        return true;
    }
}
