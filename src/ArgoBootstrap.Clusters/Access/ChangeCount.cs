namespace ArgoBootstrap.Clusters.Access;

/// <summary>Counts changes that were made on a cluster, so that what fails on the way can still say whether it changed something.</summary>
internal sealed class ChangeCount
{
    private int _value;

    /// <summary>Changes so far.</summary>
    public int Value => Volatile.Read(ref _value);

    /// <summary>Counts one.</summary>
    public void Add() => Interlocked.Increment(ref _value);
}
