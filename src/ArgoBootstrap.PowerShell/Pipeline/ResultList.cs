using System.Collections.ObjectModel;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>A list of a result, as text its items: what <c>Export-Csv</c> writes into one cell.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">The items.</param>
internal sealed class ResultList<T>(IReadOnlyList<T> items) : ReadOnlyCollection<T>(items as IList<T> ?? [.. items])
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
