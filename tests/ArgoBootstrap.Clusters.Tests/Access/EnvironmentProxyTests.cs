using ArgoBootstrap.Clusters.Access;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>The rules of golang.org/x/net/http/httpproxy, by which kubectl and helm choose a proxy.</summary>
public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("https://api.example.org:6443", true)]
    [InlineData("http://api.example.org", false)]
    [InlineData("https://localhost:6443", false)]
    [InlineData("https://127.0.0.1:6443", false)]
    [InlineData("https://127.9.9.9:6443", false)]
    [InlineData("https://[::1]:6443", false)]
    public void Loopback_is_never_reached_through_a_proxy(string server, bool isProxied) => Assert.Equal(isProxied, IsProxied(server, ""));

    [Theory]
    [InlineData("example.org", "https://example.org", false)]
    [InlineData("example.org", "https://api.example.org", false)]
    [InlineData("example.org", "https://badexample.org", true)]
    [InlineData(".example.org", "https://example.org", true)]
    [InlineData(".example.org", "https://api.example.org", false)]
    [InlineData("*.example.org", "https://api.example.org", false)]
    [InlineData("*.example.org", "https://example.org", true)]
    [InlineData("EXAMPLE.org", "https://Example.ORG", false)]
    [InlineData("example.org:6443", "https://example.org:6443", false)]
    [InlineData("example.org:6443", "https://example.org", true)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3:6443", false)]
    [InlineData("10.1.2.3/8", "https://10.9.9.9:6443", false)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3:6443", true)]
    [InlineData("10.1.2.3", "https://10.1.2.3:6443", false)]
    [InlineData("10.1.2.3:6443", "https://10.1.2.3:6443", false)]
    [InlineData("10.1.2.3:443", "https://10.1.2.3:6443", true)]
    [InlineData("fd00::/8", "https://[fd00::1]:6443", false)]
    [InlineData("[fd00::1]:6443", "https://[fd00::1]:6443", false)]
    [InlineData("other, api.example.org ,x", "https://api.example.org", false)]
    [InlineData("*", "https://api.example.org", false)]
    [InlineData("10.0.0.0/99", "https://10.1.2.3", true)]
    public void No_proxy_is_read_as_by_Go(string noProxy, string server, bool isProxied) => Assert.Equal(isProxied, IsProxied(server, noProxy));

    [Fact]
    public void Small_letters_do_as_well_and_a_scheme_may_be_left_out()
    {
        var proxy = new EnvironmentProxy(name => name == "https_proxy" ? "proxy.example.org:3128" : null);

        Assert.Equal(new Uri("http://proxy.example.org:3128"), proxy.GetProxy(new Uri("https://api.example.org")));
    }

    [Fact]
    public void A_clients_header_does_not_choose_the_proxy_of_a_CGI_program()
    {
        var proxy = new EnvironmentProxy(name => name switch { "HTTP_PROXY" => "http://evil", "REQUEST_METHOD" => "GET", _ => null });

        Assert.Null(proxy.GetProxy(new Uri("http://api.example.org")));
    }

    private static bool IsProxied(string server, string noProxy) =>
        new EnvironmentProxy(name => name switch { "HTTPS_PROXY" => "http://proxy:3128", "NO_PROXY" => noProxy, _ => null }).GetProxy(new Uri(server)) is not null;
}
