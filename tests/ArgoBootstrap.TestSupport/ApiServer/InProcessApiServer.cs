using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>
/// A Kubernetes API server inside the test process, on a loopback port: discovery, objects, server-side apply with managed
/// fields and conflicts, watches, dry run, CustomResourceDefinitions, status, RBAC and access reviews, tokens. It validates
/// no schemas and sets no defaults; what matters for those is tested against a real one.
/// </summary>
public sealed class InProcessApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ResourceHandler _resources;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private InProcessApiServer(WebApplication app, ApiServerOptions options)
    {
        _app = app;
        Options = options;
        _resources = new ResourceHandler(options);
    }

    public ApiServerOptions Options { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyCollection<SeenRequest> Requests => _seen;

    /// <summary>Forgets all events, so that every watch has to list again.</summary>
    public void Compact() => _resources.Compact();

    public static async Task<InProcessApiServer> StartAsync(ApiServerOptions? options = null)
    {
        options ??= new ApiServerOptions();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = 32 << 20;
            k.Listen(options.Listen, 0, l =>
            {
                if (options.Certificate is { } certificate)
                {
                    l.UseHttps(certificate);
                }
            });
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        WebApplication app = builder.Build();
        var server = new InProcessApiServer(app, options);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        string token = http.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "";
        Options.Tokens.TryGetValue(token, out ApiUser? user);
        _seen.Enqueue(new SeenRequest(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", user?.Name ?? "", http.Request.ContentType ?? ""));
        try
        {
            if (Options.Interceptor is { } interceptor && await interceptor(http))
            {
                return;
            }
            if (user is null)
            {
                throw new ApiFailure(401, "Unauthorized", "Unauthorized");
            }
            if (user.Groups.Contains("system:masters") && http.Request.Headers.TryGetValue("Impersonate-User", out var impersonated))
            {
                user = new ApiUser(impersonated.ToString(), [.. http.Request.Headers["Impersonate-Group"]!]);
            }
            await _resources.HandleAsync(http, user);
        }
        catch (ApiFailure failure)
        {
            await WriteAsync(http, failure.Code, failure.Status);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    internal static async Task WriteAsync(HttpContext http, int code, JsonObject body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
