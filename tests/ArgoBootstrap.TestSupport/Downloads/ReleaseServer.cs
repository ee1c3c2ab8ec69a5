using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.TestSupport.Envtest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArgoBootstrap.TestSupport.Downloads;

/// <summary>Stands for the hosts that releases are downloaded from: an https server on loopback with a certificate for their names.</summary>
public sealed class ReleaseServer : IAsyncDisposable
{
    public const string GitHub = "github.com";
    public const string GitHubAssets = "release-assets.githubusercontent.com";
    public const string GitHubFiles = "raw.githubusercontent.com";

    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication? _app;

    private ReleaseServer()
    {
    }

    /// <summary>The authority of its certificate.</summary>
    public string AuthorityPem => _certificates.AuthorityPem;

    public int Port { get; private set; }

    /// <summary>The addresses that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Starts one.</summary>
    /// <param name="answer">Answers a request.</param>
    public static async Task<ReleaseServer> StartAsync(RequestDelegate answer)
    {
        var server = new ReleaseServer();
        X509Certificate2 certificate = server._certificates.CreateServerCertificate(GitHub, GitHubAssets, GitHubFiles);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        WebApplication app = builder.Build();
        app.Run(http =>
        {
            server._requests.Enqueue($"https://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}");
            return answer(http);
        });
        await app.StartAsync();
        server.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        server._app = app;
        return server;
    }

    /// <summary>A handler that finds this server behind every name and port, and checks its certificate as that of the name.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(AuthorityPem);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authorities[0] }, RevocationMode = X509RevocationMode.NoCheck },
            },
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    /// <summary>Ends it: from then on nobody answers.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificates.Dispose();
    }
}
