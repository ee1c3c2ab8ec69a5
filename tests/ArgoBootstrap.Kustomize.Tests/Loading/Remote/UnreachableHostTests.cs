using System.Net;
using System.Net.Sockets;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Hosts that do not answer: a session waits for each of them once.</summary>
public sealed class UnreachableHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_silent_host_is_waited_for_once_in_a_session()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int connections = 0;
        List<TcpClient> held = [];
        _ = Task.Run(async () =>
        {
            while (true)
            {
                held.Add(await listener.AcceptTcpClientAsync());
                Interlocked.Increment(ref connections);
            }
        }, TestContext.Current.CancellationToken);
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        string[] overlays = [.. Enumerable.Range(0, 20).Select(i => Overlay($"overlay{i}", $"configMapGenerator:\n- name: a\n  files: [\"a={url}/{i}\"]\n"))];
        KustomizeSession session = Manifests.Builder(Path.Join(_folder.Path, "cache"), change: o => o with { Timeout = TimeSpan.FromMilliseconds(200) }).BeginSession();

        Diagnostic first = Refusal(session, overlays[0]);
        int before = Volatile.Read(ref connections);
        Diagnostic[] others = await Task.WhenAll(overlays[1..].Select(o => Task.Run(() => Refusal(session, o))));

        Assert.Contains("there was no answer within 0.2 s", first.Message, StringComparison.Ordinal);
        Assert.Equal(1, before);
        Assert.Equal(before, Volatile.Read(ref connections));
        Assert.All(others, o => Assert.Contains("127.0.0.1 was not reached before: there was no answer within 0.2 s", o.Message, StringComparison.Ordinal));
        listener.Stop();
        held.ForEach(c => c.Dispose());
    }

    [Fact]
    public void A_host_that_refuses_files_refuses_repositories_too()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        KustomizeSession session = Manifests.Builder(Path.Join(_folder.Path, "cache")).BeginSession();

        Diagnostic file = Refusal(session, Overlay("file", $"configMapGenerator:\n- name: a\n  files: [\"a=http://127.0.0.1:{port}/a\"]\n"));
        Diagnostic repository = Refusal(session, Overlay("repository", $"components: [\"http://127.0.0.1:{port}/org/name.git//base?ref=v1\"]\n"));

        Assert.Equal((DiagnosticIds.RemoteUnavailable, DiagnosticIds.RemoteUnavailable), (file.Id, repository.Id));
        Assert.Contains("127.0.0.1 was not reached before", repository.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_answers_with_errors_is_asked_for_the_next_file()
    {
        using var server = new TestServer((c, _) => TestServer.Send(c, "later", c.Request.Url!.AbsolutePath == "/bad" ? 503 : 200, ("Retry-After", "0")));
        KustomizeSession session = Manifests.Builder(Path.Join(_folder.Path, "cache")).BeginSession();

        Refusal(session, Overlay("bad", $"configMapGenerator:\n- name: a\n  files: [\"a={server.Url}/bad\"]\n"));

        Assert.Contains("a: later", session.Build(Overlay("good", $"configMapGenerator:\n- name: a\n  files: [\"a={server.Url}/good\"]\n")).ToYaml(), StringComparison.Ordinal);
    }

    private static Diagnostic Refusal(KustomizeSession session, string overlay) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => session.Build(overlay)).Diagnostics);

    private string Overlay(string name, string kustomization)
    {
        string folder = Path.Join(_folder.Path, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Join(folder, "kustomization.yaml"), kustomization);
        return folder;
    }
}
