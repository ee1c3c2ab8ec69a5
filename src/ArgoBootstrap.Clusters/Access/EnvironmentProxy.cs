using System.Net;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// The proxy that the environment names, by the rules that kubectl, helm and git follow (golang.org/x/net/http/httpproxy):
/// <c>HTTPS_PROXY</c> or <c>HTTP_PROXY</c> by the address's scheme, <c>NO_PROXY</c> with names, domains, addresses, ranges and
/// ports, and never one to this machine itself. Small letters do as well. .NET's own rules know no ranges and exempt no loopback.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly ProxyExemptions _exemptions;

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">Reads one variable; that of the process when null.</param>
    /// <exception cref="OperationException">A variable holds no address.</exception>
    public EnvironmentProxy(Func<string, string?>? variable = null)
    {
        Func<string, string?> read = variable ?? Environment.GetEnvironmentVariable;
        _https = Address("HTTPS_PROXY", read);
        // In a CGI program, a client sets HTTP_PROXY with a header "Proxy".
        _http = string.IsNullOrEmpty(read("REQUEST_METHOD")) ? Address("HTTP_PROXY", read) : null;
        _exemptions = new ProxyExemptions(Value("NO_PROXY", read));
        Credentials = new PerProxyCredentials();
    }

    /// <inheritdoc/>
    public ICredentials? Credentials { get; set; }

    /// <summary>The passwords in the proxies' addresses.</summary>
    public IEnumerable<Uri> Addresses => new[] { _http, _https }.OfType<Uri>();

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination)
    {
        Uri? proxy = destination.Scheme == Uri.UriSchemeHttps ? _https : _http;
        return proxy is null || _exemptions.Include(destination) ? null : proxy;
    }

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static Uri? Address(string name, Func<string, string?> read)
    {
        string text = Value(name, read);
        if (text.Length == 0)
        {
            return null;
        }
        string address = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? proxy) && proxy.Scheme is "http" or "https" or "socks5" or "socks5h"
            ? proxy.Scheme == "socks5h" ? new UriBuilder(proxy) { Scheme = "socks5" }.Uri : proxy
            : throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The environment variable {name} does not hold the address of a proxy.", $"Correct it, such as {name}=http://proxy.example.org:3128, or remove it.");
    }

    private static string Value(string name, Func<string, string?> read) =>
        (read(name) is { Length: > 0 } value ? value : read(name.ToLowerInvariant()) ?? "").Trim();

    /// <summary>User and password as each proxy's own address has them.</summary>
    private sealed class PerProxyCredentials : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) => ProxyAddress.CredentialOf(uri);
    }
}
