using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArgoBootstrap.TestSupport.Faults;

/// <summary>What the proxy does to a request.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>429 with Retry-After, without asking the server.</summary>
    Throttle,

    /// <summary>500, without asking the server.</summary>
    InternalError,

    /// <summary>503, without asking the server.</summary>
    Unavailable,

    /// <summary>The connection is reset, without asking the server.</summary>
    Reset,

    /// <summary>The server does what is asked, and then the connection is reset: the client cannot know.</summary>
    ResetAfter,

    /// <summary>The server is asked after a while.</summary>
    Delay,
}

/// <summary>Stands between a client and an API server, over plain HTTP towards the client, and makes faults. Which ones, its seed decides.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly Fault[] All = [Fault.Throttle, Fault.InternalError, Fault.Unavailable, Fault.Reset, Fault.ResetAfter, Fault.Delay];

    private readonly WebApplication _app;
    private readonly HttpClient _upstream;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private readonly Dictionary<Fault, int> _counts = [];

    private FaultProxy(WebApplication app, HttpClient upstream, int seed)
    {
        _app = app;
        _upstream = upstream;
        _random = new Random(seed);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Share of requests that meet a fault, from 0 to 1.</summary>
    public double Rate { get; set; }

    /// <summary>How long <see cref="Fault.Delay"/> waits.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What <see cref="Fault.Throttle"/> asks for, in seconds.</summary>
    public int RetryAfter { get; set; } = 1;

    /// <summary>Decides by itself instead of by chance, when set.</summary>
    public Func<HttpRequest, Fault>? Choose { get; set; }

    /// <summary>How often each fault was made.</summary>
    public IReadOnlyDictionary<Fault, int> Counts
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<Fault, int>(_counts);
            }
        }
    }

    public static async Task<FaultProxy> StartAsync(TestCluster cluster, int seed)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseProxy = false };
        if (cluster.AuthorityPem is { } pem)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 32 << 20).UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        WebApplication app = builder.Build();
        var proxy = new FaultProxy(app, new HttpClient(handler) { BaseAddress = cluster.Address, Timeout = Timeout.InfiniteTimeSpan }, seed);
        app.Run(proxy.HandleAsync);
        await app.StartAsync();
        proxy.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        Fault fault = Next(http.Request);
        switch (fault)
        {
            case Fault.Throttle:
                http.Response.Headers.RetryAfter = RetryAfter.ToString(System.Globalization.CultureInfo.InvariantCulture);
                http.Response.StatusCode = 429;
                return;
            case Fault.InternalError:
                http.Response.StatusCode = 500;
                return;
            case Fault.Unavailable:
                http.Response.StatusCode = 503;
                return;
            case Fault.Reset:
                http.Abort();
                return;
            case Fault.Delay:
                await Task.Delay(Delay, http.RequestAborted);
                break;
        }
        await ForwardAsync(http, fault == Fault.ResetAfter);
    }

    private async Task ForwardAsync(HttpContext http, bool reset)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path.ToUriComponent() + http.Request.QueryString);
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0)
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }
        foreach (string name in new[] { "Authorization", "Accept", "User-Agent", "Impersonate-User", "Impersonate-Group" })
        {
            if (http.Request.Headers.TryGetValue(name, out var values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        using HttpResponseMessage response = await _upstream.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        if (reset)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await http.Response.StartAsync(http.RequestAborted);
        await using Stream stream = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        byte[] buffer = new byte[16384];
        for (int read; (read = await stream.ReadAsync(buffer, http.RequestAborted)) > 0;)
        {
            // A watch's events must not wait for a full buffer.
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private Fault Next(HttpRequest request)
    {
        lock (_gate)
        {
            Fault fault = Choose is { } choose ? choose(request) : _random.NextDouble() < Rate ? All[_random.Next(All.Length)] : Fault.None;
            _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
            return fault;
        }
    }
}
