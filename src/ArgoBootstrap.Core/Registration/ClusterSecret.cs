using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Registration;

/// <summary>The Secret with which an Argo CD knows a cluster (Argo CD, declarative setup: clusters), as it is read.</summary>
internal static class ClusterSecret
{
    public const string OwnServer = "https://kubernetes.default.svc";
    public const string TypeLabel = "argocd.argoproj.io/secret-type";
    public const string ExpiresAnnotation = "argobootstrap.io/token-expires";
    public const string IssuedAnnotation = "argobootstrap.io/token-issued";
    public const string ServiceAccountAnnotation = "argobootstrap.io/service-account";

    /// <summary>The Secrets of all clusters that an Argo CD knows.</summary>
    public static Task<IReadOnlyList<JsonObject>> ListAsync(TargetCluster hub, string argoNamespace, CancellationToken cancellationToken) =>
        hub.Reader.ListAsync("", "Secret", argoNamespace, TypeLabel + "=cluster", cancellationToken);

    public static RegisteredCluster Describe(JsonObject secret)
    {
        JsonObject config = Config(secret);
        string namespaces = Decode(secret, "namespaces");
        string server = Decode(secret, "server");
        ObjectReference reference = ObjectReference.Of(secret);
        return new RegisteredCluster(Decode(secret, "name") is { Length: > 0 } name ? name : server, server, reference.Namespace)
        {
            Secret = reference,
            Project = Decode(secret, "project"),
            Namespaces = namespaces.Length > 0 ? namespaces.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [],
            ClusterResources = namespaces.Length == 0 || Decode(secret, "clusterResources") == "true",
            Authentication = AuthenticationOf(config, server),
            Insecure = config.At("tlsClientConfig", "insecure").Flag(),
            Labels = (secret.At("metadata", "labels") as JsonObject ?? []).Where(l => l.Key != TypeLabel).ToDictionary(l => l.Key, l => l.Value.Text()),
            Annotations = (secret.At("metadata", "annotations") as JsonObject ?? []).ToDictionary(l => l.Key, l => l.Value.Text()),
            ServiceAccount = secret.At("metadata", "annotations", ServiceAccountAnnotation).Text(),
            TokenExpires = secret.At("metadata", "annotations", ExpiresAnnotation).Time(),
        };
    }

    /// <summary>What the Secret says about authentication; nothing when it cannot be read.</summary>
    public static JsonObject Config(JsonObject? secret)
    {
        try
        {
            return JsonNode.Parse(Decode(secret, "config")) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string Decode(JsonObject? secret, string key) => DecodeBase64(secret.At("data", key).Text());

    public static string DecodeBase64(string base64) => Base64Text.TryDecode(base64) ?? "";

    /// <summary>Whether an annotation is made with the Secret, or says how it was applied, and is nothing that a user chose.</summary>
    public static bool IsOwnAnnotation(string name) => name is ExpiresAnnotation or IssuedAnnotation or ServiceAccountAnnotation or "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The authorities of a registration, in PEM; empty when it names none.</summary>
    public static string AuthoritiesPem(JsonObject? secret) => DecodeBase64(Config(secret).At("tlsClientConfig", "caData").Text());

    /// <summary>Whether two texts hold the same certificates. Without any, nobody can tell.</summary>
    public static bool IsSameAuthority(string one, string other) => one.Trim().Length > 0 && one.Trim() == other.Trim();

    /// <summary>Whether two addresses are those of one cluster for Argo CD, which compares them without the last slash.</summary>
    public static bool IsSameServer(string one, string other) => one.TrimEnd('/').Equals(other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static ClusterAuthentication AuthenticationOf(JsonObject config, string server) =>
        config["execProviderConfig"] is not null ? ClusterAuthentication.Exec
        : config["awsAuthConfig"] is not null ? ClusterAuthentication.Aws
        : config["bearerToken"].Text().Length > 0 ? ClusterAuthentication.ServiceAccountToken
        : config["username"].Text().Length > 0 ? ClusterAuthentication.Password
        : config.At("tlsClientConfig", "certData").Text().Length > 0 ? ClusterAuthentication.ClientCertificate
        : IsSameServer(server, OwnServer) ? ClusterAuthentication.InCluster : ClusterAuthentication.None;
}
