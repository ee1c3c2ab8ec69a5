using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>
/// Finds out who the clusters are. Mostly an overlay's own file says so; what it does not say is looked up in what the overlay
/// renders to.
/// </summary>
internal static class ClusterIdentities
{
    private const string ArgoCDSettings = "argocd-cm";

    /// <summary>What the overlay's own file says.</summary>
    /// <param name="target">The overlay.</param>
    /// <returns>The identity, or <see langword="null"/> where the overlay is not a cluster's.</returns>
    public static ClusterIdentity? Declared(OverlayTarget target)
    {
        // Where the layout does not say which overlays are one cluster's, names that two of them share tell nothing.
        if (target.IsShared || target.Overlay is null)
        {
            return null;
        }

        OverlayIdentity declared = OverlayIdentity.Read(target.Path);
        IdentityValue? name = declared.Name is { } literal ? new IdentityValue(literal.Value, literal.Position) : NameOfFolder(target);
        IdentityValue[] hosts = declared.Host is { } host ? [new IdentityValue(host.Value, host.Position)] : [];
        return new ClusterIdentity(target, name, hosts);
    }

    /// <summary>Whether the host of a cluster's Argo CD is known only once its overlay is rendered.</summary>
    /// <param name="identity">What the overlay's own file says.</param>
    public static bool NeedsRendering(ClusterIdentity identity) =>
        identity.Hosts.Count == 0 && identity.Target.Overlay?.Application == GitOpsLayout.ArgoCDApplication;

    /// <summary>Adds what an overlay renders to: the URL of Argo CD, and the hosts of the Ingresses beside it.</summary>
    /// <param name="identity">What the overlay's own file says.</param>
    /// <param name="rendered">What the overlay renders to.</param>
    public static ClusterIdentity Complete(ClusterIdentity identity, RenderedOverlay rendered) =>
        identity with { Hosts = [.. rendered.Resources.SelectMany(Hosts).DistinctBy(host => host.Value, StringComparer.OrdinalIgnoreCase)] };

    private static IdentityValue? NameOfFolder(OverlayTarget target) =>
        target.Overlay?.Cluster is { } cluster && GitOpsLayout.FindKustomization(target.Path) is { } file
            ? new IdentityValue(cluster, new SourcePosition(new SourceFile(file), 1, 1))
            : null;

    private static IEnumerable<IdentityValue> Hosts(Resource resource)
    {
        IEnumerable<(string? Host, SourcePosition Position)> hosts = resource switch
        {
            { Kind: "ConfigMap" } when OverlayIdentity.ConfigMaps.Contains(resource.OriginalId.Name) =>
                resource.Node.Child("data").Scalar(OverlayIdentity.HostKey) is { } host ? [(host.Value, host.Position)] : [],
            { Kind: "ConfigMap", Name: ArgoCDSettings } =>
                resource.Node.Child("data").Scalar("url") is { } url ? [(Placeholders.HostOf(url.Value), url.Position)] : [],
            { Kind: "Ingress" } =>
                resource.Node.Child("spec").Child("rules").Items().Select(rule => rule.Scalar("host")).OfType<ScalarNode>().Select(host => ((string?)host.Value, host.Position)),
            _ => [],
        };

        // What is still open is reported by other rules, and the same for all clusters.
        return hosts
            .Where(host => host.Host is { Length: > 0 } value && !Placeholders.IsHost(value) && !VariableText.HasReference(value))
            .Select(host => new IdentityValue(host.Host!, host.Position));
    }
}
