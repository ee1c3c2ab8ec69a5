using System.IO.Enumeration;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>Reads which clusters an Argo CD knows. Its API would tell more, such as the state of its connections: that is in its cache and not on the cluster.</summary>
public static class RegisteredClusters
{
    private const string OwnName = "in-cluster";

    /// <summary>The clusters that an Argo CD knows, with the Applications that deploy to each, without their credentials.</summary>
    /// <param name="hub">The cluster whose Argo CD is asked.</param>
    /// <param name="argoNamespace">Its namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>By name; Argo CD's own cluster too, as long as Argo CD is not told to leave it alone.</returns>
    /// <exception cref="OperationException">The cluster cannot be reached, or does not let the Secrets be read.</exception>
    public static async Task<IReadOnlyList<RegisteredCluster>> ListAsync(TargetCluster hub, string argoNamespace = "argocd", CancellationToken cancellationToken = default)
    {
        List<RegisteredCluster> clusters = [.. (await ClusterSecret.ListAsync(hub, argoNamespace, cancellationToken).ConfigureAwait(false)).Select(ClusterSecret.Describe)];
        JsonObject? settings = await hub.Reader.FindAsync("", "ConfigMap", "argocd-cm", argoNamespace, cancellationToken).ConfigureAwait(false);
        // Argo CD, argocd-cm.yaml: cluster.inClusterEnabled is true where it is not set.
        if (settings is not null && settings.At("data", "cluster.inClusterEnabled").Text() != "false" && !clusters.Exists(c => ClusterSecret.IsSameServer(c.Server, ClusterSecret.OwnServer)))
        {
            clusters.Add(new RegisteredCluster(OwnName, ClusterSecret.OwnServer, argoNamespace));
        }
        IReadOnlyList<Destination>? destinations = await DestinationsAsync(hub, argoNamespace, cancellationToken).ConfigureAwait(false);
        return
        [
            .. clusters.Select(c => c with { Applications = destinations is null ? null : [.. destinations.Where(d => d.IsAt(c)).Select(d => d.Application).Order(StringComparer.Ordinal)] })
                .OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The names of an Argo CD's AppProjects.</summary>
    /// <param name="hub">The cluster whose Argo CD is asked.</param>
    /// <param name="argoNamespace">Its namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The cluster cannot be reached, or does not let them be read.</exception>
    public static async Task<IReadOnlyList<string>> ListProjectsAsync(TargetCluster hub, string argoNamespace = "argocd", CancellationToken cancellationToken = default) =>
        [.. (await hub.Reader.ListAsync("argoproj.io", "AppProject", argoNamespace, "", cancellationToken).ConfigureAwait(false)).Select(p => p.At("metadata", "name").Text()).Order(StringComparer.Ordinal)];

    /// <summary>Where each Application of this Argo CD goes; null when they may not be read.</summary>
    private static async Task<IReadOnlyList<Destination>?> DestinationsAsync(TargetCluster hub, string argoNamespace, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject>? applications = await ApplicationsAsync(hub, "", cancellationToken).ConfigureAwait(false)
            ?? await ApplicationsAsync(hub, argoNamespace, cancellationToken).ConfigureAwait(false);
        if (applications is null)
        {
            return null;
        }
        string[] namespaces = [];
        if (applications.Any(a => a.At("metadata", "namespace").Text() != argoNamespace))
        {
            // Other namespaces may be those of another Argo CD; this one looks after those that its setting names.
            JsonObject? parameters = await hub.Reader.FindAsync("", "ConfigMap", "argocd-cmd-params-cm", argoNamespace, cancellationToken).ConfigureAwait(false);
            namespaces = parameters.At("data", "application.namespaces").Text().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
        return
        [
            .. applications.Where(a => a.At("metadata", "namespace").Text() is var ns && (ns == argoNamespace || namespaces.Any(pattern => Fits(pattern, ns))))
                .Select(a => new Destination($"{a.At("metadata", "namespace").Text()}/{a.At("metadata", "name").Text()}", a.At("spec", "destination", "server").Text(), a.At("spec", "destination", "name").Text())),
        ];
    }

    private static async Task<IReadOnlyList<JsonObject>?> ApplicationsAsync(TargetCluster hub, string ns, CancellationToken cancellationToken)
    {
        try
        {
            return await hub.Reader.ListAsync("argoproj.io", "Application", ns, "", cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e) when (e.Id == ClusterErrorIds.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Whether a namespace fits a pattern of <c>application.namespaces</c>: a glob, or a regular expression between slashes.</summary>
    private static bool Fits(string pattern, string ns)
    {
        if (pattern is not ['/', .. var expression, '/'])
        {
            return FileSystemName.MatchesSimpleExpression(pattern, ns, ignoreCase: false);
        }
        try
        {
            return Regex.IsMatch(ns, expression, RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private sealed record Destination(string Application, string Server, string Name)
    {
        public bool IsAt(RegisteredCluster cluster) => Name.Length > 0 ? Name == cluster.Name : Server.Length > 0 && ClusterSecret.IsSameServer(Server, cluster.Server);
    }
}
