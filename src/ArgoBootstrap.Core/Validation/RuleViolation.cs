using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation;

/// <summary>What breaks a rule in one overlay.</summary>
/// <param name="Message">What is wrong, in one sentence that names the thing. Never holds a secret value.</param>
/// <param name="Remedy">What to do about it, as an instruction.</param>
/// <param name="Position">Where it is written.</param>
/// <param name="Resource">The object that it is about, if any.</param>
public sealed record RuleViolation(string Message, string Remedy, SourcePosition Position, Resource? Resource = null);

/// <summary>What breaks a rule about the whole fleet, as far as one overlay is concerned.</summary>
/// <param name="Cluster">The overlay concerned.</param>
/// <param name="Message">What is wrong, in one sentence that names the thing.</param>
/// <param name="Remedy">What to do about it, as an instruction.</param>
/// <param name="Position">Where it is written.</param>
public sealed record FleetViolation(ClusterIdentity Cluster, string Message, string Remedy, SourcePosition Position);
