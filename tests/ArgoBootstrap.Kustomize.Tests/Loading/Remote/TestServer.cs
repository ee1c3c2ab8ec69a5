using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>An HTTP server on this machine that answers as a test wants it to.</summary>
internal sealed class TestServer : IDisposable
{
    private const int Attempts = 20;
    private readonly HttpListener _listener;
    private readonly Action<HttpListenerContext, int> _answer;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request; gets its number among those for the same path and query, counted from 1.</param>
    public TestServer(Action<HttpListenerContext, int> answer)
    {
        _answer = answer;
        (_listener, Port) = Start();
        _ = Task.Run(ListenAsync);
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Paths and queries that were asked for, with how often.</summary>
    public ConcurrentDictionary<string, int> Requests { get; } = new();

    public static void Send(HttpListenerContext context, string text, int status = 200, params (string Name, string Value)[] headers) =>
        Send(context, Encoding.UTF8.GetBytes(text), status, headers);

    public static void Send(HttpListenerContext context, byte[] content, int status = 200, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach ((string name, string value) in headers)
        {
            context.Response.Headers[name] = value;
        }
        if (status != 304)
        {
            context.Response.ContentLength64 = content.Length;
            context.Response.OutputStream.Write(content);
        }
        context.Response.Close();
    }

    public void Dispose() => _listener.Close();

    /// <summary>Listens on a free port. Between finding it and taking it, another test may have been faster.</summary>
    private static (HttpListener Listener, int Port) Start()
    {
        for (int attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            int number = Requests.AddOrUpdate(context.Request.RawUrl!, 1, (_, n) => n + 1);
            _ = Task.Run(() =>
            {
                try
                {
                    _answer(context, number);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
                {
                    // Whoever asked has gone away.
                }
            });
        }
    }
}
