using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using ArgoBootstrap.TestSupport.Secrets;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>How an in-process API server behaves.</summary>
public sealed class ApiServerOptions
{
    public static readonly string AdminToken = PlantedSecrets.Create("admin");
    public static readonly string RestrictedToken = PlantedSecrets.Create("restricted");
    public const string RestrictedUser = "alice";

    /// <summary>Users by token.</summary>
    public Dictionary<string, ApiUser> Tokens { get; } = new(StringComparer.Ordinal)
    {
        [AdminToken] = new ApiUser("admin", ["system:masters", "system:authenticated"]),
        [RestrictedToken] = new ApiUser(RestrictedUser, ["devs", "system:authenticated"]),
    };

    /// <summary>Whether discovery is aggregated, as since Kubernetes 1.26.</summary>
    public bool AggregatesDiscovery { get; set; } = true;

    /// <summary>How long a new CustomResourceDefinition takes to be Established.</summary>
    public TimeSpan DefinitionDelay { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Whether namespaces end once they are empty, as with a controller manager.</summary>
    public bool EndsNamespaces { get; set; } = true;

    /// <summary>Asked before each request: true when it has answered by itself, which is how faults are made.</summary>
    public Func<HttpContext, Task<bool>>? Interceptor { get; set; }

    /// <summary>Asked before each write: a text refuses it, as an admission webhook does.</summary>
    public Func<JsonObject, string?>? Admission { get; set; }

    /// <summary>The certificate with which it is an https server; null for a plain one.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The address that it listens at.</summary>
    public IPAddress Listen { get; set; } = IPAddress.Loopback;

    /// <summary>What <c>/version</c> says.</summary>
    public string GitVersion { get; set; } = "v1.36.2";
}

/// <summary>Who asks.</summary>
public sealed record ApiUser(string Name, IReadOnlyList<string> Groups);

/// <summary>A request that the server got.</summary>
public sealed record SeenRequest(string Method, string Path, string Query, string User, string ContentType);
