using System.Net;
using System.Net.Http.Headers;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Makes the one HTTP client of a connection.</summary>
internal static class ClusterHttpClientFactory
{
    public static HttpClient Create(ClusterEndpointSettings endpoint, ClusterConnectionOptions options, Func<ClusterCredential?> currentCredential, ServerCertificateCheck check, IWebProxy proxy)
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
        handler.Proxy = proxy;
        if (endpoint.SkipTlsVerify)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }
        else
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => check.IsTrusted(certificate, chain, errors);
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

    /// <summary>The proxy of the kubeconfig's cluster, which is used whatever <c>NO_PROXY</c> says; otherwise that of the environment.</summary>
    public static IWebProxy CreateProxy(Uri? address)
    {
        if (address is null)
        {
            return new EnvironmentProxy();
        }
        return new WebProxy(address) { Credentials = ProxyAddress.CredentialOf(address) };
    }
}
