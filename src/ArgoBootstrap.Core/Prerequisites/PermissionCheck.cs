using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Leases;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Prerequisites;

/// <summary>Asks the server for each permission that a bootstrap needs (SelfSubjectAccessReview), and names those that are missing.</summary>
internal sealed class PermissionCheck(TargetCluster cluster)
{
    private const int MostNamed = 12;

    // What a server-side apply of an object that may or may not be there takes, and waiting for it.
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "patch"];

    // What helm does with the Secrets in which it keeps its releases.
    private static readonly string[] HelmVerbs = ["get", "list", "create", "update", "delete"];

    // What Argo CD's manifest and chart bring, whatever the overlay holds.
    private static readonly (string Group, string Resource, bool IsNamespaced)[] ArgoCD =
    [
        ("", "namespaces", false), ("apiextensions.k8s.io", "customresourcedefinitions", false),
        ("rbac.authorization.k8s.io", "clusterroles", false), ("rbac.authorization.k8s.io", "clusterrolebindings", false),
        ("", "serviceaccounts", true), ("", "secrets", true), ("", "configmaps", true), ("", "services", true),
        ("rbac.authorization.k8s.io", "roles", true), ("rbac.authorization.k8s.io", "rolebindings", true),
        ("apps", "deployments", true), ("apps", "statefulsets", true), ("networking.k8s.io", "networkpolicies", true),
    ];

    private static readonly Dictionary<string, string> ArgoPlurals = new() { ["Application"] = "applications", ["ApplicationSet"] = "applicationsets", ["AppProject"] = "appprojects" };

    public async Task<IReadOnlyList<PrerequisiteResult>> RunAsync(PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        if (await MayDoEverythingAsync(cancellationToken).ConfigureAwait(false))
        {
            return [new PrerequisiteResult("Permission", PrerequisiteStatus.Passed, "The user may do everything.")];
        }
        IReadOnlyList<Permission> needed = await NeededAsync(request, cancellationToken).ConfigureAwait(false);
        var missing = new ConcurrentBag<Permission>();
        await Parallel.ForEachAsync(needed, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (permission, token) =>
        {
            if (!await IsAllowedAsync(permission, token).ConfigureAwait(false))
            {
                missing.Add(permission);
            }
        }).ConfigureAwait(false);
        return missing.IsEmpty
            ? [new PrerequisiteResult("Permission", PrerequisiteStatus.Passed, $"The user has all {needed.Count} permissions that are needed.")]
            : Missing([.. missing], await IdentityAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether there is nothing that the user may not do.</summary>
    public Task<bool> MayDoEverythingAsync(CancellationToken cancellationToken) => IsAllowedAsync(new Permission("*", "*", "*", ""), cancellationToken);

    /// <summary>One result for each resource, with the verbs that are missing, and the role that would grant all of them.</summary>
    private PrerequisiteResult[] Missing(IReadOnlyCollection<Permission> missing, string identity)
    {
        MissingPermission[] resources =
        [
            .. missing.GroupBy(p => (p.Group, p.Resource, p.Namespace))
                .Select(g => new MissingPermission(g.Key.Group, g.Key.Resource, g.Key.Namespace, [.. g.Select(p => p.Verb).OrderBy(OrderOf).ThenBy(v => v, StringComparer.Ordinal)]))
                .OrderBy(p => p.Namespace, StringComparer.Ordinal).ThenBy(p => p.Group, StringComparer.Ordinal).ThenBy(p => p.Resource, StringComparer.Ordinal),
        ];
        string role = PermissionGrant.Write(resources, identity);
        return
        [
            .. resources.Select(p => new PrerequisiteResult(
                "Permission",
                PrerequisiteStatus.Failed,
                $"The user '{cluster.Connection.User}' of context '{cluster.Connection.Context}' may not {p}.",
                "Have it granted (the result's ClusterRole is the role that does), or bootstrap as a cluster administrator; Argo CD itself does not need the user's rights afterwards.")
            {
                Target = p.ToString(), ErrorId = ClusterErrorIds.Forbidden, ClusterRole = role,
            }),
        ];
    }

    private static int OrderOf(string verb) => Array.IndexOf(Verbs, verb) is >= 0 and var place ? place : Verbs.Length;

    /// <summary>Who the server takes us for (SelfSubjectReview, Kubernetes 1.28); empty where it does not say.</summary>
    private async Task<string> IdentityAsync(CancellationToken cancellationToken)
    {
        var review = new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "SelfSubjectReview" };
        var request = new ApiRequest(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews") { Body = JsonSerializer.SerializeToUtf8Bytes(review), Target = "identity review" };
        ApiResponse answer = await cluster.Connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? answer.Json.At("status", "userInfo", "username").Text() : "";
    }

    /// <summary>Makes sure that the user may install, or update, what is to be applied, before anything is changed.</summary>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing; the message names each.</exception>
    public async Task RequireAsync(PrerequisiteRequest request, CancellationToken cancellationToken) =>
        ThrowIfMissing(await RunAsync(request with { NeedsLock = false }, cancellationToken).ConfigureAwait(false));

    /// <summary>Makes sure that the user may delete objects, and patch those whose finalizers are taken away, before anything is changed.</summary>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing; the message names each.</exception>
    public async Task RequireDeleteAsync(IEnumerable<ObjectReference> deleted, IEnumerable<ObjectReference> patched, CancellationToken cancellationToken)
    {
        if (await MayDoEverythingAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }
        var needed = new HashSet<Permission>();
        foreach ((ObjectReference reference, string verb) in deleted.Select(d => (d, "delete")).Concat(patched.Select(p => (p, "patch"))).DistinctBy(p => (p.Item1.Type, p.Item1.Namespace, p.Item2)))
        {
            if (await PluralAsync(reference.Type, cancellationToken).ConfigureAwait(false) is (string plural, bool isNamespaced) && plural.Length > 0)
            {
                needed.Add(new Permission(verb, reference.Type.Group, plural, isNamespaced ? reference.Namespace : ""));
            }
        }
        var missing = new List<Permission>();
        foreach (Permission permission in needed)
        {
            if (!await IsAllowedAsync(permission, cancellationToken).ConfigureAwait(false))
            {
                missing.Add(permission);
            }
        }
        ThrowIfMissing(missing.Count == 0 ? [] : Missing(missing, await IdentityAsync(cancellationToken).ConfigureAwait(false)));
    }

    private void ThrowIfMissing(IReadOnlyList<PrerequisiteResult> results)
    {
        PrerequisiteResult[] missing = [.. results.Where(r => r.Status == PrerequisiteStatus.Failed)];
        if (missing.Length > 0)
        {
            throw new OperationException(
                ClusterErrorIds.Forbidden,
                $"Nothing was changed, since {(missing.Length == 1 ? "a permission is" : $"{missing.Length} permissions are")} missing: the user '{cluster.Connection.User}' of context '{cluster.Connection.Context}' may not {string.Join("; ", missing.Take(MostNamed).Select(m => m.Target))}{(missing.Length > MostNamed ? $" (and {missing.Length - MostNamed} more)" : "")}.",
                missing[0].Remedy)
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };
        }
    }

    private async Task<IReadOnlyList<Permission>> NeededAsync(PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        var needed = new HashSet<Permission>();
        void Need(string group, string resource, string ns)
        {
            foreach (string verb in Verbs)
            {
                needed.Add(new Permission(verb, group, resource, ns));
            }
        }

        if (request.InstallsArgoCD)
        {
            foreach ((string group, string resource, bool isNamespaced) in ArgoCD)
            {
                Need(group, resource, isNamespaced ? request.Namespace : "");
            }
        }
        foreach (ObjectReference reference in request.Objects.Select(o => o.Reference).DistinctBy(r => (r.Type, r.Namespace)))
        {
            (string plural, bool isNamespaced) = await PluralAsync(reference.Type, cancellationToken).ConfigureAwait(false);
            if (plural.Length > 0)
            {
                Need(reference.Type.Group, plural, !isNamespaced ? "" : reference.Namespace.Length > 0 ? reference.Namespace : request.Namespace);
            }
        }
        if (request.InstallsArgoCD || request.Objects.Any(o => o.Reference.Type.Kind is "ClusterRole" or "Role"))
        {
            // Argo CD's roles hold every permission: giving them away takes having them, or these two verbs.
            needed.Add(new Permission("escalate", "rbac.authorization.k8s.io", "clusterroles", ""));
            needed.Add(new Permission("bind", "rbac.authorization.k8s.io", "clusterroles", ""));
        }
        foreach (string verb in request.UsesHelm ? HelmVerbs : [])
        {
            needed.Add(new Permission(verb, "", "secrets", request.Namespace));
        }
        foreach (string verb in request.NeedsLock ? new[] { "get", "create", "update", "delete" } : [])
        {
            needed.Add(new Permission(verb, "coordination.k8s.io", "leases", ClusterLock.LeaseNamespace));
        }
        return [.. needed];
    }

    private async Task<(string Plural, bool IsNamespaced)> PluralAsync(GroupVersionKind type, CancellationToken cancellationToken)
    {
        if (await cluster.Reader.TypeAsync(type, cancellationToken).ConfigureAwait(false) is { } served)
        {
            return (served.Plural, served.IsNamespaced);
        }
        return type.Group == "argoproj.io" && ArgoPlurals.TryGetValue(type.Kind, out string? plural) ? (plural, true) : ("", false);
    }

    private async Task<bool> IsAllowedAsync(Permission permission, CancellationToken cancellationToken)
    {
        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject
            {
                ["resourceAttributes"] = new JsonObject
                {
                    ["verb"] = permission.Verb, ["group"] = permission.Group, ["resource"] = permission.Resource, ["namespace"] = permission.Namespace,
                },
            },
        };
        var request = new ApiRequest(HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") { Body = JsonSerializer.SerializeToUtf8Bytes(review), Target = "access review" };
        return (await cluster.Connection.SendAsync(request, cancellationToken).ConfigureAwait(false)).Json.At("status", "allowed").Flag();
    }

    private sealed record Permission(string Verb, string Group, string Resource, string Namespace)
    {
        public override string ToString() => $"{Verb} {Resource}{(Group.Length > 0 ? "." + Group : "")} {(Namespace.Length > 0 ? $"in namespace {Namespace}" : "in the whole cluster")}";
    }
}
