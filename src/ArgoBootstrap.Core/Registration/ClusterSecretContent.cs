using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Registration;

/// <summary>The Secret with which an Argo CD knows a cluster (Argo CD, declarative setup: clusters), as it is written.</summary>
internal static class ClusterSecretContent
{
    public static ClusterObject Secret(ClusterRegistrationRequest request, string server, JsonObject config, IReadOnlyDictionary<string, string> annotations)
    {
        var labels = new JsonObject();
        foreach ((string name, string value) in request.Labels ?? new Dictionary<string, string>())
        {
            labels[name] = value;
        }
        labels[ClusterSecret.TypeLabel] = "cluster";
        var data = new JsonObject { ["name"] = Base64(request.Name), ["server"] = Base64(server), ["config"] = Base64(config.ToJsonString()) };
        if (request.Namespaces is { Count: > 0 } namespaces)
        {
            data["namespaces"] = Base64(string.Join(',', namespaces));
            data["clusterResources"] = Base64(request.ClusterResources == true ? "true" : "false");
        }
        if (request.Project is { Length: > 0 } project)
        {
            data["project"] = Base64(project);
        }
        ObjectReference reference = ClusterRegistration.ReferenceOf(request);
        var metadata = new JsonObject { ["name"] = reference.Name, ["namespace"] = reference.Namespace, ["labels"] = labels };
        if (annotations.Count > 0)
        {
            metadata["annotations"] = new JsonObject(annotations.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        }
        return ClusterObject.FromJson(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["type"] = "Opaque", ["data"] = data });
    }

    public static JsonObject TlsConfig(TargetCluster? target, ClusterRegistrationRequest request)
    {
        if (request.Authentication == ClusterAuthentication.InCluster)
        {
            return new JsonObject { ["insecure"] = false };
        }
        string authorities = request.AuthoritiesPem.Length > 0 ? request.AuthoritiesPem : target?.Connection.AuthoritiesPem ?? "";
        // Argo CD refuses an authority beside insecure.
        return request.AuthoritiesPem.Length == 0 && target is { Connection.SkipsTlsVerify: true } ? new JsonObject { ["insecure"] = true }
            : authorities.Length > 0 ? new JsonObject { ["insecure"] = false, ["caData"] = Base64(authorities) }
            : new JsonObject { ["insecure"] = false };
    }

    public static JsonObject ExecConfig(ClusterRegistrationRequest request)
    {
        var exec = new JsonObject { ["command"] = request.ExecCommand, ["apiVersion"] = request.ExecApiVersion, ["args"] = new JsonArray([.. request.ExecArguments.Select(a => (JsonNode)a)]) };
        if (request.ExecEnvironment.Count > 0)
        {
            exec["env"] = new JsonObject(request.ExecEnvironment.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value)));
        }
        return exec;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
