namespace ArgoBootstrap.Benchmarks.Scenarios;

/// <summary>A set of roots that both sides build.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Roots">The folders to build.</param>
/// <param name="Resources">Resources in one root, where a scenario is about their number; otherwise 0.</param>
public sealed record Scenario(string Name, IReadOnlyList<string> Roots, int Resources = 0);
