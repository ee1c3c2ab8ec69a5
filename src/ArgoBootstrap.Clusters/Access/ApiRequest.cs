namespace ArgoBootstrap.Clusters.Access;

/// <summary>One request to an API server.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, from the server's root: <c>/api/v1/namespaces</c>.</param>
public sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Body; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What the answer may be.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>What the request is about, as messages name it: <c>Deployment web in namespace shop</c>.</summary>
    public string Target { get; init; } = "";

    /// <summary>Whether it cleans up what is left behind otherwise, so that it is made although the time is up.</summary>
    internal bool IsCleanUp { get; init; }

    /// <summary>A GET request.</summary>
    /// <param name="path">Path and query, from the server's root.</param>
    /// <param name="target">What it is about, as messages name it.</param>
    public static ApiRequest Get(string path, string target = "") => new(HttpMethod.Get, path) { Target = target };
}
