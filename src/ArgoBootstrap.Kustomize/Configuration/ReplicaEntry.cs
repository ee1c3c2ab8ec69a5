using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>replicas</c>.</summary>
/// <param name="Name">Name of the workload.</param>
/// <param name="Count">Number of replicas.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record ReplicaEntry(string Name, long Count, SourcePosition Position);
