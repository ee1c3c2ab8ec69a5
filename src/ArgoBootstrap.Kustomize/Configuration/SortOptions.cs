using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary><c>sortOptions</c>: in what order the objects are printed.</summary>
/// <param name="Order"><c>legacy</c> or <c>fifo</c>.</param>
/// <param name="OrderFirst">With <c>legacy</c>: kinds that come first; null when not given.</param>
/// <param name="OrderLast">With <c>legacy</c>: kinds that come last; null when not given.</param>
/// <param name="Position">Where it is written.</param>
public sealed record SortOptions(string Order, IReadOnlyList<string>? OrderFirst, IReadOnlyList<string>? OrderLast, SourcePosition Position);
