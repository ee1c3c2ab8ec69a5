using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ArgoBootstrap.TestSupport.Faults;

/// <summary>A server that accepts connections and, for each, answers with a fixed text once the request's head has come, or never.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _answer;
    private int _connections;

    /// <summary>Starts one.</summary>
    /// <param name="answer">What it answers, head and body; null for nothing at all.</param>
    public SilentServer(string? answer = null)
    {
        _answer = answer?.ReplaceLineEndings("\r\n");
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>How many connections were made.</summary>
    public int Connections => Volatile.Read(ref _connections);

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
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[16384];
                int length = 0;
                while (!Encoding.ASCII.GetString(buffer, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                    if (read == 0)
                    {
                        return;
                    }
                    length += read;
                }
                if (_answer is null)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }
                await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer!), cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client, or the test, has ended.
        }
    }
}
