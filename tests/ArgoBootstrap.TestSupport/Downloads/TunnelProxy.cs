using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArgoBootstrap.TestSupport.Downloads;

/// <summary>A proxy that tunnels (<c>CONNECT</c>) to one server, whatever name is asked for.</summary>
public sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _targets = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port;

    /// <summary>Starts one.</summary>
    /// <param name="port">The server's port on loopback.</param>
    public TunnelProxy(int port)
    {
        _port = port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The hosts and ports that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Targets => _targets;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TunnelAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task TunnelAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            using (var server = new TcpClient())
            {
                NetworkStream stream = client.GetStream();
                string head = await ReadHeadAsync(stream, cancellationToken);
                string[] words = head.Split(' ');
                if (words is not ["CONNECT", var target, ..])
                {
                    await stream.WriteAsync("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
                    return;
                }
                _targets.Enqueue(target);
                await server.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                await stream.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), cancellationToken);
                await Task.WhenAny(stream.CopyToAsync(server.GetStream(), cancellationToken), server.GetStream().CopyToAsync(stream, cancellationToken));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side has gone.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n') && await stream.ReadAsync(one, cancellationToken) > 0)
        {
            head.Add(one[0]);
        }
        return Encoding.ASCII.GetString([.. head]);
    }
}
