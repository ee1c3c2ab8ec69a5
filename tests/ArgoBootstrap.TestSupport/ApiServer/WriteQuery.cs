using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>What a write says beside its body.</summary>
internal sealed record WriteQuery(string Manager, bool Force, bool DryRun, string ContentType)
{
    public static WriteQuery Of(HttpContext http)
    {
        string manager = http.Request.Query["fieldManager"].ToString();
        string agent = http.Request.Headers.UserAgent.ToString();
        return new WriteQuery(
            manager.Length > 0 ? manager : agent.Length > 0 ? agent.Split('/')[0] : "unknown",
            http.Request.Query["force"] == "true",
            http.Request.Query["dryRun"] == "All",
            (http.Request.ContentType ?? "").Split(';')[0]);
    }
}
