using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>Uses a registration as Argo CD would: reaches the server with the registered credential, and asks it what that may do.</summary>
public static class RegistrationProbe
{
    private const string Controller = "argocd-application-controller";
    private static readonly string[] ReadVerbs = ["get", "list", "watch"];

    /// <summary>Tries a registration. Changes nothing.</summary>
    /// <param name="hub">The cluster whose Argo CD it is of.</param>
    /// <param name="cluster">The registration.</param>
    /// <param name="timeout">How long the server may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What became of it. A cluster that does not answer is a result, and no exception.</returns>
    public static async Task<RegistrationTest> TestAsync(TargetCluster hub, RegisteredCluster cluster, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            if (cluster.Authentication == ClusterAuthentication.InCluster)
            {
                return await TestOwnAsync(hub, cluster, cancellationToken).ConfigureAwait(false);
            }
            if (cluster.Authentication is ClusterAuthentication.Exec or ClusterAuthentication.Aws)
            {
                return new RegistrationTest(RegistrationTestStatus.NotTested, $"{cluster.Authentication}: only Argo CD's pods have the identity that the registration asks for.");
            }
            JsonObject? secret = await hub.Reader.FindAsync("", "Secret", cluster.Secret!.Value.Name, cluster.ArgoNamespace, cancellationToken).ConfigureAwait(false);
            ClusterConnectionOptions options = hub.Options with { Context = cluster.Name, KubeConfigPath = "", MaxRetries = 1, ConnectTimeout = timeout, AttemptTimeout = timeout, Timeout = timeout, Deadline = Deadline.After(timeout) };
            using var connection = new ClusterConnection(Endpoint(cluster, ClusterSecret.Config(secret), hub), options);
            return await TestAsync(connection, cluster, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e)
        {
            string remedy = e.Id switch
            {
                ClusterErrorIds.AuthenticationFailed => "Register the cluster again: Register-ArgoCluster with -Rotate issues a new token.",
                ClusterErrorIds.ClusterUnreachable => "See that the cluster runs. The address has to be one that Argo CD's pods reach; this machine may have no way to it.",
                ClusterErrorIds.TlsFailed => "Register the cluster again with the authority that its certificate comes from.",
                ClusterErrorIds.KubeConfigInvalid => "Register the cluster again.",
                _ => e.Remedy,
            };
            return new RegistrationTest(RegistrationTestStatus.Failed, hub.Connection.Masker.MaskText(e.Message)) { ErrorId = e.Id, Remedy = remedy };
        }
    }

    private static async Task<RegistrationTest> TestAsync(ClusterConnection connection, RegisteredCluster cluster, CancellationToken cancellationToken)
    {
        string version = (await connection.SendAsync(ApiRequest.Get("/version", "version"), cancellationToken).ConfigureAwait(false)).Json["gitVersion"].Text();
        ApiResponse who = await connection.TrySendAsync(Post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "SelfSubjectReview", "authentication.k8s.io/v1", []), cancellationToken).ConfigureAwait(false);
        string identity = who.IsSuccess ? who.Json.At("status", "userInfo", "username").Text() : cluster.ServiceAccount.Split('/') is [var ns, var name] ? $"system:serviceaccount:{ns}:{name}" : "";
        return await WithAccessAsync(cluster, version, identity, (verb, scope) => AllowsAsync(
            connection, "SelfSubjectAccessReview", new JsonObject { ["resourceAttributes"] = Attributes(verb, scope) }, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Argo CD's own cluster: it uses its controller's service account, whose token nobody else needs; the server is asked what that may do.</summary>
    private static async Task<RegistrationTest> TestOwnAsync(TargetCluster hub, RegisteredCluster cluster, CancellationToken cancellationToken)
    {
        string version = (await hub.Connection.SendAsync(ApiRequest.Get("/version", "version"), cancellationToken).ConfigureAwait(false)).Json["gitVersion"].Text();
        JsonObject? workload = (await hub.Reader.ListAsync("apps", "StatefulSet", cluster.ArgoNamespace, "app.kubernetes.io/name=" + Controller, cancellationToken).ConfigureAwait(false)).FirstOrDefault()
            ?? (await hub.Reader.ListAsync("apps", "Deployment", cluster.ArgoNamespace, "app.kubernetes.io/name=" + Controller, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        if (workload is null)
        {
            return new RegistrationTest(RegistrationTestStatus.Failed, $"There is no {Controller} in namespace {cluster.ArgoNamespace}.")
            {
                ServerVersion = version, ErrorId = ErrorIds.NotInstalled, Remedy = "Install Argo CD there, or name its namespace with -Namespace.",
            };
        }
        string account = workload.At("spec", "template", "spec", "serviceAccountName").Text() is { Length: > 0 } named ? named : "default";
        string identity = $"system:serviceaccount:{cluster.ArgoNamespace}:{account}";
        return await WithAccessAsync(cluster, version, identity, (verb, scope) => AllowsAsync(
            hub.Connection,
            "SubjectAccessReview",
            new JsonObject
            {
                ["user"] = identity, ["resourceAttributes"] = Attributes(verb, scope),
                ["groups"] = new JsonArray("system:serviceaccounts", $"system:serviceaccounts:{cluster.ArgoNamespace}", "system:authenticated"),
            },
            cancellationToken)).ConfigureAwait(false);
    }

    private static async Task<RegistrationTest> WithAccessAsync(RegisteredCluster cluster, string version, string identity, Func<string, string, Task<bool>> allows)
    {
        var scopes = new List<RegistrationScope>();
        foreach (string scope in cluster.ClusterResources ? [""] : cluster.Namespaces)
        {
            bool isFull = await allows("*", scope).ConfigureAwait(false);
            bool isReadable = true;
            foreach (string verb in isFull ? [] : ReadVerbs)
            {
                isReadable = isReadable && await allows(verb, scope).ConfigureAwait(false);
            }
            scopes.Add(new RegistrationScope(scope, isFull ? RegistrationAccess.Full : isReadable ? RegistrationAccess.ReadOnly : RegistrationAccess.Limited));
        }
        RegistrationScope[] limited = [.. scopes.Where(s => s.Access == RegistrationAccess.Limited)];
        // Argo CD watches every kind: who may not read all of them makes its cache of the cluster fail, unless resource.respectRBAC is set.
        return new RegistrationTest(
            limited.Length > 0 ? RegistrationTestStatus.Failed : RegistrationTestStatus.Passed,
            limited.Length > 0
                ? $"{(identity.Length > 0 ? identity : "Argo CD")} may not read everything in {string.Join(", ", limited.Select(s => s.Namespace.Length > 0 ? s.Namespace : "the whole cluster"))}."
                : string.Join(", ", scopes))
        {
            ServerVersion = version,
            Identity = identity,
            Access = scopes,
            ErrorId = limited.Length > 0 ? ClusterErrorIds.Forbidden : "",
            Remedy = limited.Length > 0 ? "Give the account the rights that it needs, or register the namespaces in which it has them with -ManagedNamespace." : "",
        };
    }

    private static ClusterEndpointSettings Endpoint(RegisteredCluster cluster, JsonObject config, TargetCluster hub)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out Uri? server) || server.Scheme is not ("https" or "http"))
        {
            throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The server '{cluster.Server}' of cluster '{cluster.Name}' is not an https address.", "Register the cluster again.");
        }
        JsonNode? tls = config["tlsClientConfig"];
        string authorities = ClusterSecret.DecodeBase64(tls.At("caData").Text());
        string key = ClusterSecret.DecodeBase64(tls.At("keyData").Text());
        string certificate = ClusterSecret.DecodeBase64(tls.At("certData").Text());
        string token = config["bearerToken"].Text();
        string password = config["password"].Text();
        foreach (string secret in new[] { key, token, password })
        {
            hub.Connection.Masker.Add(secret);
        }
        AuthenticationHeaderValue? header = token.Length > 0 ? new("Bearer", token)
            : config["username"].Text() is { Length: > 0 } user ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))) : null;
        hub.Connection.Masker.Add(header?.Parameter);
        if (header is not null && server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
        {
            throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The cluster '{cluster.Name}' is registered at {server.GetLeftPart(UriPartial.Authority)}, which is not https: everyone on the way could read its credentials.", "Register the cluster again with its https address (-Server).");
        }
        return new ClusterEndpointSettings
        {
            Server = server,
            Context = cluster.Name,
            User = cluster.ServiceAccount.Length > 0 ? cluster.ServiceAccount : cluster.Authentication.ToString(),
            Namespace = "",
            Authorities = authorities.Length > 0 ? Certificates.AuthoritiesFromPem(authorities) : null,
            SkipTlsVerify = cluster.Insecure,
            TlsServerName = tls.At("serverName").Text(),
            Proxy = Uri.TryCreate(config["proxyUrl"].Text(), UriKind.Absolute, out Uri? proxy) ? proxy : null,
            Credentials = new FixedCredential(new ClusterCredential(header, certificate.Length > 0 && key.Length > 0 ? Certificates.FromPem(certificate, key) : null)),
        };
    }

    private static async Task<bool> AllowsAsync(ClusterConnection connection, string kind, JsonObject spec, CancellationToken cancellationToken) =>
        (await connection.SendAsync(Post($"/apis/authorization.k8s.io/v1/{kind.ToLowerInvariant()}s", kind, "authorization.k8s.io/v1", spec), cancellationToken).ConfigureAwait(false)).Json.At("status", "allowed").Flag();

    private static JsonObject Attributes(string verb, string ns) => new() { ["verb"] = verb, ["group"] = "*", ["resource"] = "*", ["namespace"] = ns };

    private static ApiRequest Post(string path, string kind, string apiVersion, JsonObject spec) => new(HttpMethod.Post, path)
    {
        Body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["spec"] = spec }), Target = kind,
    };
}
