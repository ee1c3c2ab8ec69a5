using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Clusters;
using ArgoBootstrap.Core.Clusters.Applying;
using ArgoBootstrap.Core.Clusters.Deleting;
using ArgoBootstrap.Core.Clusters.Objects;
using ArgoBootstrap.Core.Clusters.Waiting;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Registers clusters with an Argo CD, its own or a hub, as the Secrets that it reads. Running it again changes nothing while the token is good.</summary>
public static class ClusterRegistration
{
    private const string OwnServer = "https://kubernetes.default.svc";
    private const string TypeLabel = "argocd.argoproj.io/secret-type";
    private const string ExpiresAnnotation = "argobootstrap.io/token-expires";
    private const string IssuedAnnotation = "argobootstrap.io/token-issued";

    /// <summary>The Secret that stands for a registration, for plans.</summary>
    /// <param name="request">The registration.</param>
    public static ObjectReference ReferenceOf(ClusterRegistrationRequest request) => new(new("", "v1", "Secret"), $"cluster-{request.Name}", request.ArgoNamespace);

    /// <summary>Registers a cluster, changes its registration, or renews its token.</summary>
    /// <param name="hub">The cluster whose Argo CD it is for.</param>
    /// <param name="target">The cluster that is registered; the same for Argo CD's own.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException"><see cref="BootstrapErrorIds.InvalidRequest"/>, <see cref="BootstrapErrorIds.TokenUnavailable"/>, or a cluster refuses.</exception>
    public static async Task<ClusterRegistrationResult> RegisterAsync(TargetCluster hub, TargetCluster target, ClusterRegistrationRequest request, CancellationToken cancellationToken = default)
    {
        Validate(request);
        var objects = new List<ObjectApplyResult>();
        JsonObject config = new() { ["tlsClientConfig"] = TlsConfig(target, request) };
        var annotations = new Dictionary<string, string>(request.Annotations, StringComparer.Ordinal);
        DateTimeOffset? expires = null;
        switch (request.Authentication)
        {
            case ClusterAuthentication.ServiceAccountToken:
                ApplyResult account = await target.Applier.ApplyAsync(ServiceAccountAccess.Objects(request), new ApplyOptions { Force = request.Force }, null, cancellationToken).ConfigureAwait(false);
                ApplySummary.ThrowIfFailed(account, $"the access of {request.ServiceAccount}");
                objects.AddRange(account.Objects);
                BearerToken token = await TokenAsync(hub, target, request, cancellationToken).ConfigureAwait(false);
                target.Connection.Masker.Add(token.Value);
                hub.Connection.Masker.Add(token.Value);
                config["bearerToken"] = token.Value;
                expires = token.Expires;
                annotations[IssuedAnnotation] = token.Issued.ToString("O");
                annotations[ExpiresAnnotation] = token.Expires.ToString("O");
                break;
            case ClusterAuthentication.Exec:
                config["execProviderConfig"] = ExecConfig(request);
                break;
            case ClusterAuthentication.Aws:
                config["awsAuthConfig"] = new JsonObject { ["clusterName"] = request.AwsClusterName };
                if (request.AwsRoleArn.Length > 0)
                {
                    config["awsAuthConfig"]!["roleARN"] = request.AwsRoleArn;
                }
                break;
        }
        string server = ServerOf(target, request);
        ClusterObject secret = Secret(request, server, config, annotations);
        SecretValues.Register(secret, hub.Connection.Masker);
        ApplyResult applied = await hub.Applier.ApplyAsync([secret], new ApplyOptions { Force = request.Force }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(applied, $"the registration of {request.Name}");
        return new ClusterRegistrationResult(secret.Reference, server, [.. objects, .. applied.Objects], expires);
    }

    /// <summary>The clusters that an Argo CD knows, without their credentials.</summary>
    /// <param name="hub">The cluster whose Argo CD is asked.</param>
    /// <param name="argoNamespace">Its namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<RegisteredCluster>> ListAsync(TargetCluster hub, string argoNamespace = "argocd", CancellationToken cancellationToken = default) =>
        [.. (await hub.Reader.ListAsync("", "Secret", argoNamespace, TypeLabel + "=cluster", cancellationToken).ConfigureAwait(false)).Select(Describe).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Removes a registration; for a token also the service account and its rights, when the cluster is given.</summary>
    /// <param name="hub">The cluster whose Argo CD it is for.</param>
    /// <param name="target">The cluster that was registered; null leaves it alone.</param>
    /// <param name="request">The registration.</param>
    /// <param name="dryRun">Asks the server what it would do, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<ObjectDeleteResult>> UnregisterAsync(TargetCluster hub, TargetCluster? target, ClusterRegistrationRequest request, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var options = new DeleteOptions { DryRun = dryRun };
        var results = new List<ObjectDeleteResult>(await hub.Deleter.DeleteAsync([new DeleteTarget(ReferenceOf(request))], options, null, cancellationToken).ConfigureAwait(false));
        if (target is not null && request.Authentication == ClusterAuthentication.ServiceAccountToken)
        {
            results.AddRange(await target.Deleter.DeleteAsync([.. ServiceAccountAccess.Objects(request).Select(o => new DeleteTarget(o.Reference))], options, null, cancellationToken).ConfigureAwait(false));
        }
        return results;
    }

    /// <summary>The token that is registered while more than a third of its time is left, otherwise a new one.</summary>
    private static async Task<BearerToken> TokenAsync(TargetCluster hub, TargetCluster target, ClusterRegistrationRequest request, CancellationToken cancellationToken)
    {
        ObjectReference reference = ReferenceOf(request);
        JsonObject? live = await hub.Reader.FindAsync("", "Secret", reference.Name, reference.Namespace, cancellationToken).ConfigureAwait(false);
        if (!request.Rotate
            && live.At("metadata", "annotations", ExpiresAnnotation).Time() is { } expires
            && live.At("metadata", "annotations", IssuedAnnotation).Time() is { } issued
            && expires - DateTimeOffset.UtcNow > (expires - issued) / 3
            && Decode(live, "server") == ServerOf(target, request)
            && Config(live).At("bearerToken").Text() is { Length: > 0 } value)
        {
            return new BearerToken(value, issued, expires);
        }
        return await ServiceAccountAccess.IssueAsync(target, request, cancellationToken).ConfigureAwait(false);
    }

    private static ClusterObject Secret(ClusterRegistrationRequest request, string server, JsonObject config, IReadOnlyDictionary<string, string> annotations)
    {
        var labels = new JsonObject();
        foreach ((string name, string value) in request.Labels)
        {
            labels[name] = value;
        }
        labels[TypeLabel] = "cluster";
        var data = new JsonObject { ["name"] = Base64(request.Name), ["server"] = Base64(server), ["config"] = Base64(config.ToJsonString()) };
        if (request.Namespaces.Count > 0)
        {
            data["namespaces"] = Base64(string.Join(',', request.Namespaces));
            data["clusterResources"] = Base64(request.ClusterResources ? "true" : "false");
        }
        if (request.Project.Length > 0)
        {
            data["project"] = Base64(request.Project);
        }
        ObjectReference reference = ReferenceOf(request);
        var metadata = new JsonObject { ["name"] = reference.Name, ["namespace"] = reference.Namespace, ["labels"] = labels };
        if (annotations.Count > 0)
        {
            metadata["annotations"] = new JsonObject(annotations.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        }
        return ClusterObject.FromJson(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["type"] = "Opaque", ["data"] = data });
    }

    private static JsonObject TlsConfig(TargetCluster target, ClusterRegistrationRequest request)
    {
        if (request.Authentication == ClusterAuthentication.InCluster)
        {
            return new JsonObject { ["insecure"] = false };
        }
        string authorities = target.Connection.AuthoritiesPem;
        // Argo CD refuses an authority beside insecure.
        return target.Connection.SkipsTlsVerify ? new JsonObject { ["insecure"] = true }
            : authorities.Length > 0 ? new JsonObject { ["insecure"] = false, ["caData"] = Base64(authorities) }
            : new JsonObject { ["insecure"] = false };
    }

    private static JsonObject ExecConfig(ClusterRegistrationRequest request)
    {
        var exec = new JsonObject { ["command"] = request.ExecCommand, ["apiVersion"] = request.ExecApiVersion, ["args"] = new JsonArray([.. request.ExecArguments.Select(a => (JsonNode)a)]) };
        if (request.ExecEnvironment.Count > 0)
        {
            exec["env"] = new JsonObject(request.ExecEnvironment.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value)));
        }
        return exec;
    }

    private static void Validate(ClusterRegistrationRequest request)
    {
        string? wrong = request.Authentication switch
        {
            _ when !System.Text.RegularExpressions.Regex.IsMatch(request.Name, "^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$") => $"'{request.Name}' is no DNS name",
            ClusterAuthentication.Exec when request.ExecCommand.Length == 0 => "exec needs a command",
            ClusterAuthentication.Aws when request.AwsClusterName.Length == 0 => "AWS needs the cluster's name",
            ClusterAuthentication.ServiceAccountToken when request.TokenLifetime < TimeSpan.FromMinutes(10) => "a token lives for 10 minutes at least",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ClusterException(BootstrapErrorIds.InvalidRequest, $"The cluster cannot be registered: {wrong}.", "Correct it; Register-ArgoCluster's help shows each way.");
        }
    }

    private static string ServerOf(TargetCluster target, ClusterRegistrationRequest request) =>
        request.Server.Length > 0 ? request.Server : request.Authentication == ClusterAuthentication.InCluster ? OwnServer : target.Connection.Server;

    private static RegisteredCluster Describe(JsonObject secret)
    {
        JsonObject config = Config(secret);
        string namespaces = Decode(secret, "namespaces");
        return new RegisteredCluster(Decode(secret, "name"), Decode(secret, "server"), ObjectReference.Of(secret))
        {
            Project = Decode(secret, "project"),
            Namespaces = namespaces.Length > 0 ? namespaces.Split(',', StringSplitOptions.TrimEntries) : [],
            ClusterResources = namespaces.Length == 0 || Decode(secret, "clusterResources") == "true",
            Authentication = config["execProviderConfig"] is not null ? ClusterAuthentication.Exec
                : config["awsAuthConfig"] is not null ? ClusterAuthentication.Aws
                : config["bearerToken"] is not null ? ClusterAuthentication.ServiceAccountToken : ClusterAuthentication.InCluster,
            Labels = (secret.At("metadata", "labels") as JsonObject ?? []).Where(l => l.Key != TypeLabel).ToDictionary(l => l.Key, l => l.Value.Text()),
            TokenExpires = secret.At("metadata", "annotations", ExpiresAnnotation).Time(),
        };
    }

    private static JsonObject Config(JsonObject? secret)
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

    private static string Decode(JsonObject? secret, string key)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(secret.At("data", key).Text()));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
