using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.TestSupport.Envtest;

/// <summary>A real etcd and kube-apiserver on loopback, with envtest's convention for where the binaries are. No controllers run: namespaces do not end, workloads make no pods.</summary>
public sealed class EnvtestServer : IAsyncDisposable
{
    public static readonly string AdminToken = PlantedSecrets.Create("admin");
    public static readonly string RestrictedToken = PlantedSecrets.Create("restricted");
    public const string RestrictedUser = "alice";

    private readonly string _folder;
    private readonly List<Process> _processes = [];
    private readonly TestCertificates _certificates = new();

    private EnvtestServer(string folder) => _folder = folder;

    /// <summary>Where the binaries are, or null.</summary>
    public static string? FindAssets()
    {
        string?[] folders = [Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"), "/usr/local/kubebuilder/bin"];
        return folders.FirstOrDefault(f => !string.IsNullOrEmpty(f) && File.Exists(Path.Combine(f, "etcd")) && File.Exists(Path.Combine(f, "kube-apiserver")));
    }

    public Uri Address { get; private set; } = null!;

    public string AuthorityPem => _certificates.AuthorityPem;

    public TestCertificates Certificates => _certificates;

    /// <summary>Starts both and waits until the API server is ready.</summary>
    /// <param name="assets">Folder of the binaries.</param>
    public static async Task<EnvtestServer> StartAsync(string assets)
    {
        for (int attempt = 0; ; attempt++)
        {
            var server = new EnvtestServer(Directory.CreateTempSubdirectory("argobootstrap-envtest-").FullName);
            try
            {
                await server.RunAsync(assets);
                return server;
            }
            catch (Exception) when (attempt < 2)
            {
                // Another process may have taken a port between choosing and using it.
                await server.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string assets)
    {
        // Tokens of users, and etcd's data.
        SecretScan.IsInput(_folder);
        int[] ports = FreePorts(3);
        (string certificate, string key) = _certificates.CreateServer();
        Write("srv.crt", certificate);
        Write("srv.key", key);
        Write("ca.crt", _certificates.AuthorityPem);
        using (RSA account = RSA.Create(2048))
        {
            Write("sa.key", account.ExportPkcs8PrivateKeyPem());
            Write("sa.pub", account.ExportSubjectPublicKeyInfoPem());
        }
        Write("tokens.csv", $"{AdminToken},admin,admin-uid,\"system:masters\"\n{RestrictedToken},{RestrictedUser},alice-uid,\"devs\"\n");
        string etcd = $"http://127.0.0.1:{ports[0]}";
        string peer = $"http://127.0.0.1:{ports[1]}";
        Start(assets, "etcd",
            "--data-dir", Path.Combine(_folder, "etcd"), "--name", "default", "--unsafe-no-fsync", "--log-level", "error",
            "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"default={peer}");
        Start(assets, "kube-apiserver",
            $"--etcd-servers={etcd}", "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", $"--secure-port={ports[2]}", "--endpoint-reconciler-type=none",
            $"--tls-cert-file={At("srv.crt")}", $"--tls-private-key-file={At("srv.key")}", $"--client-ca-file={At("ca.crt")}",
            $"--service-account-key-file={At("sa.pub")}", $"--service-account-signing-key-file={At("sa.key")}", "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.0.0.0/24", $"--token-auth-file={At("tokens.csv")}", "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount", "--allow-privileged=true", $"--cert-dir={_folder}", "--v=1");
        Address = new Uri($"https://127.0.0.1:{ports[2]}");
        await WaitUntilReadyAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        DateTime end = DateTime.UtcNow.AddSeconds(90);
        while (DateTime.UtcNow < end)
        {
            if (_processes.FirstOrDefault(p => p.HasExited) is { } ended)
            {
                throw new InvalidOperationException($"{ended.StartInfo.FileName} ended with exit code {ended.ExitCode}.");
            }
            try
            {
                using HttpResponseMessage ready = await client.GetAsync(new Uri(Address, "/readyz"));
                using HttpResponseMessage ns = await client.GetAsync(new Uri(Address, "/api/v1/namespaces/default"));
                if (ready.IsSuccessStatusCode && ns.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("kube-apiserver is not ready after 90 seconds.");
    }

    private void Start(string assets, string name, params string[] arguments)
    {
        var info = new ProcessStartInfo(Path.Combine(assets, name)) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }
        var process = new Process { StartInfo = info };
        var log = new StreamWriter(At(name + ".log")) { AutoFlush = true };
        process.OutputDataReceived += (_, e) => Log(e.Data);
        process.ErrorDataReceived += (_, e) => Log(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);

        void Log(string? line)
        {
            lock (log)
            {
                log.WriteLine(line);
            }
        }
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Stop();
        }
        return ports;
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
