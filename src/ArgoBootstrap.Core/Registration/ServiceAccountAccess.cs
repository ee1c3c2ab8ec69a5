using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>The service account as which a hub's Argo CD works on a cluster, its rights, and its tokens.</summary>
internal static class ServiceAccountAccess
{
    /// <summary>The account and its rights: everything everywhere, or everything in the namespaces that are managed.</summary>
    public static IReadOnlyList<ClusterObject> Objects(ClusterRegistrationRequest request)
    {
        string account = request.ServiceAccount;
        var objects = new List<ClusterObject>
        {
            Make("v1", "ServiceAccount", account, request.ServiceAccountNamespace, []),
        };
        if (request.Namespaces is not { Count: > 0 } namespaces || request.ClusterResources == true)
        {
            objects.Add(Role("ClusterRole", ""));
            objects.Add(Binding("ClusterRole", "ClusterRoleBinding", ""));
            return objects;
        }
        foreach (string ns in namespaces)
        {
            objects.Add(Role("Role", ns));
            objects.Add(Binding("Role", "RoleBinding", ns));
        }
        return objects;

        ClusterObject Role(string kind, string ns)
        {
            var rules = new JsonArray(new JsonObject { ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*"), ["verbs"] = new JsonArray("*") });
            if (ns.Length == 0)
            {
                rules.Add(new JsonObject { ["nonResourceURLs"] = new JsonArray("*"), ["verbs"] = new JsonArray("*") });
            }
            return Make("rbac.authorization.k8s.io/v1", kind, account + "-role", ns, new JsonObject { ["rules"] = rules });
        }

        ClusterObject Binding(string roleKind, string kind, string ns) => Make("rbac.authorization.k8s.io/v1", kind, account + "-role-binding", ns, new JsonObject
        {
            ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = roleKind, ["name"] = account + "-role" },
            ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = request.ServiceAccountNamespace }),
        });
    }

    /// <summary>Issues a bound token (TokenRequest API), which ends by itself.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.TokenUnavailable"/></exception>
    public static async Task<BearerToken> IssueAsync(TargetCluster target, ClusterRegistrationRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset issued = DateTimeOffset.UtcNow;
        var body = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)request.TokenLifetime.TotalSeconds },
        };
        var ask = new ApiRequest(HttpMethod.Post, $"/api/v1/namespaces/{request.ServiceAccountNamespace}/serviceaccounts/{request.ServiceAccount}/token")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body), Target = $"token of service account {request.ServiceAccount}",
        };
        JsonObject answer = (await target.Connection.SendAsync(ask, cancellationToken).ConfigureAwait(false)).Json;
        string token = answer.At("status", "token").Text();
        return token.Length > 0 && answer.At("status", "expirationTimestamp").Time() is { } expires
            ? new BearerToken(token, issued, expires)
            : throw new OperationException(ErrorIds.TokenUnavailable, $"{target.Connection.Server} issued no token for {request.ServiceAccount}.", "Check that the cluster's API server issues service account tokens.");
    }

    private static ClusterObject Make(string apiVersion, string kind, string name, string ns, JsonObject content)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }
        content["apiVersion"] = apiVersion;
        content["kind"] = kind;
        content["metadata"] = metadata;
        return ClusterObject.FromJson(content);
    }
}

/// <summary>A token and its time.</summary>
internal sealed record BearerToken(string Value, DateTimeOffset Issued, DateTimeOffset Expires)
{
    public override string ToString() => $"token until {Expires:O}";
}
