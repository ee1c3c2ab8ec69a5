namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Whether and how helm may be run, and what the kustomizations above hand down to charts.</summary>
/// <param name="Options">The flags of the build.</param>
/// <param name="ParentNamespace">Namespace of the nearest kustomization above that has one; empty when none has.</param>
/// <param name="Cancellation">Stops helm.</param>
internal sealed record HelmSettings(KustomizeOptions Options, string ParentNamespace, CancellationToken Cancellation);
