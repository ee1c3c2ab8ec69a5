using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.TestSupport.Secrets;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Leads requests to what answers them: discovery, access reviews, reads, watches, writes.</summary>
internal sealed class ResourceHandler
{
    private readonly ApiServerOptions _options;
    private readonly ObjectStore _store = new();
    private readonly RoleBasedAccess _access;
    private readonly ObjectWriter _writer;
    private readonly List<ServedType> _types = [.. TypeTable.BuiltIn];

    public ResourceHandler(ApiServerOptions options)
    {
        _options = options;
        _access = new RoleBasedAccess(_store);
        _writer = new ObjectWriter(_store, options, AddTypes, RemoveTypes);
        foreach (string name in new[] { "default", "kube-system", "kube-public" })
        {
            _writer.Seed(TypeTable.BuiltIn[0], new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        }
    }

    public void Compact()
    {
        lock (_store.Gate)
        {
            _store.Compact();
        }
    }

    public async Task HandleAsync(HttpContext http, ApiUser user)
    {
        string path = http.Request.Path.Value ?? "/";
        if (path is "/readyz" or "/healthz" or "/livez")
        {
            await http.Response.WriteAsync("ok");
            return;
        }
        if (path == "/version")
        {
            string[] parts = _options.GitVersion.TrimStart('v').Split('.');
            await InProcessApiServer.WriteAsync(http, 200, new JsonObject { ["major"] = parts[0], ["minor"] = parts[1], ["gitVersion"] = _options.GitVersion });
            return;
        }
        bool aggregated = _options.AggregatesDiscovery && http.Request.Headers.Accept.ToString().Contains("APIGroupDiscoveryList", StringComparison.Ordinal);
        if (HttpMethods.IsGet(http.Request.Method) && DiscoveryDocuments.For(path, aggregated, Types()) is { } document)
        {
            await InProcessApiServer.WriteAsync(http, 200, document);
            return;
        }
        ApiPath target = ApiPath.Parse(path) ?? throw new ApiFailure(404, "NotFound", "the server could not find the requested resource");
        JsonObject? body = await ReadBodyAsync(http);
        if (target.Group == "authorization.k8s.io" && body is not null)
        {
            await InProcessApiServer.WriteAsync(http, 201, Review(target, user, body));
            return;
        }
        ServedType type = Types().FirstOrDefault(t => t.Group == target.Group && t.Version == target.Version && t.Plural == target.Resource)
            ?? throw new ApiFailure(404, "NotFound", "the server could not find the requested resource");
        Authorize(http, user, target);
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query["watch"].ToString() is "1" or "true")
        {
            await new WatchStream(_store, type, target, http).RunAsync();
            return;
        }
        if (target is { Resource: "serviceaccounts", Subresource: "token" })
        {
            await InProcessApiServer.WriteAsync(http, 201, IssueToken(target));
            return;
        }
        (int code, JsonObject answer) = Execute(http, type, target, body);
        await InProcessApiServer.WriteAsync(http, code, answer);
    }

    private (int Code, JsonObject Answer) Execute(HttpContext http, ServedType type, ApiPath target, JsonObject? body)
    {
        lock (_store.Gate)
        {
            string ns = type.IsNamespaced ? target.Namespace : "";
            bool metadataOnly = http.Request.Headers.Accept.ToString().Contains("as=PartialObjectMetadata", StringComparison.Ordinal);
            (int code, JsonObject answer) = http.Request.Method switch
            {
                "GET" when target.Name.Length == 0 => (200, Selection.List(_store, type, ns, http.Request.Query)),
                "GET" => (200, _store.Get(type, ns, target.Name) ?? throw ApiFailure.NotFound(type, target.Name)),
                "POST" => _writer.Create(type, ns, Body(), WriteQuery.Of(http)),
                "PUT" => _writer.Replace(type, ns, target, Body(), WriteQuery.Of(http)),
                "PATCH" => _writer.Patch(type, ns, target, Body(), WriteQuery.Of(http)),
                "DELETE" => _writer.Delete(type, ns, target.Name, body),
                _ => throw new ApiFailure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
            };
            return (code, metadataOnly && code < 300 ? Selection.MetadataOf(answer) : (JsonObject)answer.DeepClone());
        }

        JsonObject Body() => body ?? throw new ApiFailure(400, "BadRequest", "the request has no body");
    }

    private void Authorize(HttpContext http, ApiUser user, ApiPath target)
    {
        string verb = http.Request.Method switch
        {
            "GET" => http.Request.Query.ContainsKey("watch") ? "watch" : target.Name.Length == 0 ? "list" : "get",
            "POST" => "create", "PUT" => "update", "PATCH" => "patch", _ => "delete",
        };
        string resource = target.Subresource.Length > 0 ? $"{target.Resource}/{target.Subresource}" : target.Resource;
        lock (_store.Gate)
        {
            if (!_access.Allows(user, verb, target.Group, resource, target.Namespace, target.Name))
            {
                string where = target.Namespace.Length > 0 ? $" in the namespace \"{target.Namespace}\"" : " at the cluster scope";
                throw new ApiFailure(403, "Forbidden", $"{target.Resource} \"{target.Name}\" is forbidden: User \"{user.Name}\" cannot {verb} resource \"{resource}\" in API group \"{target.Group}\"{where}");
            }
        }
    }

    private JsonObject Review(ApiPath target, ApiUser user, JsonObject body)
    {
        lock (_store.Gate)
        {
            if (target.Resource == "selfsubjectrulesreviews")
            {
                var rules = new JsonArray([.. _access.RulesOf(user, (string?)body["spec"]?["namespace"] ?? "").Select(r => r.DeepClone())]);
                body["status"] = new JsonObject { ["resourceRules"] = rules, ["nonResourceRules"] = new JsonArray(), ["incomplete"] = false };
                return body;
            }
            if (target.Resource == "subjectaccessreviews")
            {
                user = new ApiUser((string?)body["spec"]?["user"] ?? "", [.. (body["spec"]?["groups"] as JsonArray ?? []).Select(g => (string)g!)]);
            }
            JsonNode? a = body["spec"]?["resourceAttributes"];
            string resource = (string?)a?["resource"] ?? "";
            string sub = (string?)a?["subresource"] ?? "";
            bool allowed = a is not null && _access.Allows(user, (string?)a["verb"] ?? "", (string?)a["group"] ?? "", sub.Length > 0 ? $"{resource}/{sub}" : resource, (string?)a["namespace"] ?? "", (string?)a["name"] ?? "");
            body["status"] = new JsonObject { ["allowed"] = allowed };
            return body;
        }
    }

    private JsonObject IssueToken(ApiPath target)
    {
        string token = PlantedSecrets.Create("issued");
        lock (_store.Gate)
        {
            _ = _store.Get(TypeTable.BuiltIn.First(t => t.Kind == "ServiceAccount"), target.Namespace, target.Name) ?? throw new ApiFailure(404, "NotFound", $"serviceaccounts \"{target.Name}\" not found");
            _options.Tokens[token] = new ApiUser($"system:serviceaccount:{target.Namespace}:{target.Name}", ["system:serviceaccounts", "system:authenticated"]);
        }
        return new JsonObject
        {
            ["kind"] = "TokenRequest", ["apiVersion"] = "authentication.k8s.io/v1",
            ["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") },
        };
    }

    private IReadOnlyList<ServedType> Types()
    {
        lock (_types)
        {
            return [.. _types];
        }
    }

    private void AddTypes(IEnumerable<ServedType> types)
    {
        lock (_types)
        {
            _types.AddRange(types.Where(t => !_types.Contains(t)));
        }
    }

    private void RemoveTypes(string group, string plural)
    {
        lock (_types)
        {
            _types.RemoveAll(t => t.Group == group && t.Plural == plural && !t.IsBuiltIn);
        }
    }

    private static async Task<JsonObject?> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or 0 && !http.Request.Headers.TransferEncoding.Contains("chunked"))
        {
            return null;
        }
        try
        {
            JsonNode? node = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return node as JsonObject ?? new JsonObject { ["patch"] = node };
        }
        catch (JsonException e)
        {
            throw new ApiFailure(400, "BadRequest", $"the body is not JSON: {e.Message}");
        }
    }
}
