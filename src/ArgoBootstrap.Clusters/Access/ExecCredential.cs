using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// Asks a credential plugin, as client-go does (client.authentication.k8s.io/v1 and v1beta1): started with an argument list and
/// without a shell, asked again when its credential has run out or was refused. KubernetesClient's own way joins the arguments
/// with blanks, which breaks arguments that hold blanks.
/// </summary>
internal sealed class ExecCredential(KubeConfigContext context, ClusterConnectionOptions options) : ICredentialSource
{
    // Long enough for a person to sign in on another device.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private readonly SecretMasker _masker = options.Masker;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ClusterCredential? _current;
    private DateTimeOffset? _expires;

    public bool CanRefresh => true;

    public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool expired = _expires is { } expires && expires - TimeSpan.FromSeconds(10) < DateTimeOffset.UtcNow;
            if (_current is null || expired || ReferenceEquals(_current, refused))
            {
                (_current, _expires) = await RunAsync(cancellationToken).ConfigureAwait(false);
            }
            return _current;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<(ClusterCredential Credential, DateTimeOffset? Expires)> RunAsync(CancellationToken cancellationToken)
    {
        KubeConfigPlugin plugin = context.User.Plugin!;
        PluginSecrets.Register(plugin, _masker);
        string hint = string.IsNullOrWhiteSpace(plugin.InstallHint) ? "Install it, or put it on PATH." : _masker.MaskText(plugin.InstallHint.Trim());
        string program = ProgramPath.Find(plugin.Command) ?? throw Failed("cannot be started: no folder of the PATH has it", hint);
        using var process = new Process { StartInfo = StartInfo(plugin, program) };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan limit = options.Deadline.Limit(Timeout);
        timeout.CancelAfter(limit);
        ActivityLog.Step($"Started the credential plugin {options.Masker.MaskText($"{plugin.Command} {string.Join(' ', plugin.Arguments)}")}");
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw Failed($"cannot be started: {e.Message}", hint);
        }
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var said = new StringBuilder();
        Task errors = ShowAsync(process.StandardError, said, timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            TryKill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed($"did not end within {limit.TotalSeconds:0.#} seconds{Last(said)}", "Do what it asks for, or run it by hand and see what it waits for.");
        }
        if (process.ExitCode != 0)
        {
            throw Failed($"ended with exit code {process.ExitCode}{Last(said)}", "Log in again with the plugin's own tool, then retry.");
        }
        return Read(await output.ConfigureAwait(false));
    }

    /// <summary>Hands on what the plugin says to the user as it comes: it may wait for what it asks for.</summary>
    private async Task ShowAsync(StreamReader reader, StringBuilder said, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            lock (said)
            {
                said.Append(line).Append('\n');
            }
            if (!string.IsNullOrWhiteSpace(line))
            {
                options.PluginOutput?.Report(_masker.MaskText(line));
            }
        }
    }

    private ProcessStartInfo StartInfo(KubeConfigPlugin plugin, string program)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = WorkingFolder.ForProgram(null),
        };
        foreach (string argument in plugin.Arguments)
        {
            info.ArgumentList.Add(argument);
        }
        foreach ((string name, string value) in plugin.Environment)
        {
            info.Environment[name] = value;
        }
        var spec = new JsonObject { ["interactive"] = false };
        if (plugin.ProvideClusterInfo)
        {
            var cluster = new JsonObject { ["server"] = context.Cluster.Server };
            AddIfSet(cluster, "tls-server-name", context.Cluster.TlsServerName);
            AddIfSet(cluster, "certificate-authority-data", AuthorityData());
            AddIfSet(cluster, "proxy-url", context.Cluster.ProxyUrl);
            if (context.Cluster.SkipTlsVerify)
            {
                cluster["insecure-skip-tls-verify"] = true;
            }
            spec["cluster"] = cluster;
        }
        info.Environment["KUBERNETES_EXEC_INFO"] =
            new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = plugin.ApiVersion, ["spec"] = spec }.ToJsonString();
        return info;
    }

    private string? AuthorityData()
    {
        if (!string.IsNullOrEmpty(context.Cluster.CertificateAuthorityData) || string.IsNullOrEmpty(context.Cluster.CertificateAuthority))
        {
            return context.Cluster.CertificateAuthorityData;
        }
        return File.Exists(context.Cluster.CertificateAuthority) ? Convert.ToBase64String(File.ReadAllBytes(context.Cluster.CertificateAuthority)) : null;
    }

    private (ClusterCredential Credential, DateTimeOffset? Expires) Read(string output)
    {
        JsonNode? status;
        try
        {
            status = JsonNode.Parse(output)?["status"];
        }
        catch (System.Text.Json.JsonException)
        {
            throw Failed("printed what is not JSON", "Run it by hand: it must print an ExecCredential.");
        }
        string? token = (string?)status?["token"];
        string? certificate = (string?)status?["clientCertificateData"];
        string? key = (string?)status?["clientKeyData"];
        _masker.Add(token);
        _masker.Add(key);
        if (string.IsNullOrEmpty(token) && (string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key)))
        {
            throw Failed("printed neither a token nor a client certificate with its key", "Run it by hand: it must print an ExecCredential with a status.");
        }
        X509Certificate2? x509 = string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key) ? null : Certificates.FromPem(certificate, key);
        AuthenticationHeaderValue? header = string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token);
        DateTimeOffset? expires = DateTimeOffset.TryParse((string?)status?["expirationTimestamp"], out DateTimeOffset at) ? at : null;
        return (new ClusterCredential(header, x509), expires);
    }

    private OperationException Failed(string what, string remedy) => new(
        ClusterErrorIds.CredentialPluginFailed,
        $"The credential plugin '{context.User.Plugin!.Command}' of user '{context.User.Name}' (context '{context.Name}') {what}.",
        remedy)
    {
        Context = context.Name,
        Server = context.Cluster.Server,
    };

    private string Last(StringBuilder said)
    {
        string text;
        lock (said)
        {
            text = said.ToString().Trim();
        }
        string masked = _masker.MaskText(text).TrimEnd('.');
        return masked.Length == 0 ? "" : ": " + (masked.Length > 500 ? "..." + masked[^500..] : masked);
    }

    private static void AddIfSet(JsonObject target, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            target[key] = value;
        }
    }

    private static void TryKill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
