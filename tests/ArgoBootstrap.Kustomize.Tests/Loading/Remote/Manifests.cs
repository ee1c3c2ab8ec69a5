using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Small texts that the tests of remote bases share.</summary>
internal static class Manifests
{
    public static string ConfigMap(string name, string value = "1") => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  key: \"{value}\"\n";

    public static string Kustomization(params string[] resources) => "resources:\n" + string.Concat(resources.Select(r => $"- {r}\n"));

    /// <summary>A builder that does not wait between attempts and keeps what it fetches in one folder.</summary>
    public static KustomizeBuilder Builder(string cache, RemoteCachePolicy policy = RemoteCachePolicy.Revalidate, Func<RemoteOptions, RemoteOptions>? change = null)
    {
        var options = new RemoteOptions { CacheDirectory = cache, CachePolicy = policy, RetryDelay = TimeSpan.Zero };
        return new KustomizeBuilder(new KustomizeOptions { Remote = change is null ? options : change(options) });
    }
}
