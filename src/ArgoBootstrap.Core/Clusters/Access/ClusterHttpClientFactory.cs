using System.Net;
using System.Net.Http.Headers;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>Makes the one HTTP client of a connection.</summary>
internal static class ClusterHttpClientFactory
{
    public static HttpClient Create(ClusterEndpointSettings endpoint, ClusterConnectionOptions options, Func<ClusterCredential?> currentCredential)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            // Notices a peer that has vanished while a watch waits for the next event.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        };
        if (endpoint.Proxy is not null)
        {
            handler.Proxy = CreateProxy(endpoint.Proxy);
        }
        if (endpoint.SkipTlsVerify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else if (endpoint.Authorities is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = Certificates.Trust(endpoint.Authorities);
        }
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => currentCredential()?.Certificate!;

        var client = new HttpClient(handler)
        {
            BaseAddress = endpoint.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        HttpRequestHeaders headers = client.DefaultRequestHeaders;
        headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        if (endpoint.TlsServerName.Length > 0)
        {
            headers.Host = endpoint.TlsServerName;
        }
        if (endpoint.ImpersonateUser.Length > 0)
        {
            headers.TryAddWithoutValidation("Impersonate-User", endpoint.ImpersonateUser);
            foreach (string group in endpoint.ImpersonateGroups)
            {
                headers.TryAddWithoutValidation("Impersonate-Group", group);
            }
        }
        return client;
    }

    private static WebProxy CreateProxy(Uri address)
    {
        var proxy = new WebProxy(address);
        if (address.UserInfo.Length > 0)
        {
            string[] parts = address.UserInfo.Split(':', 2);
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
        return proxy;
    }
}
