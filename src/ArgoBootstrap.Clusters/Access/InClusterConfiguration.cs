using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// The way from a pod to its API server, as Kubernetes gives it to every pod ("Accessing the Kubernetes API from a Pod"): the
/// server's address in the environment; token, authority and namespace of the service account in a folder.
/// </summary>
internal sealed class InClusterConfiguration
{
    private const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private readonly string _host;
    private readonly string _port;
    private readonly string _folder;

    private InClusterConfiguration(string host, string port, string folder)
    {
        _host = host;
        _port = port;
        _folder = folder;
    }

    /// <summary>Finds it.</summary>
    /// <param name="variable">Reads the environment; that of the process when null.</param>
    /// <param name="folder">Where the service account's files are.</param>
    /// <returns>Null when this is not a pod.</returns>
    /// <exception cref="OperationException">It is a pod without a service account's token.</exception>
    public static InClusterConfiguration? Find(Func<string, string?>? variable = null, string folder = ServiceAccountFolder)
    {
        Func<string, string?> read = variable ?? Environment.GetEnvironmentVariable;
        string? host = read("KUBERNETES_SERVICE_HOST");
        string? port = read("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
        {
            return null;
        }
        string token = Path.Combine(folder, "token");
        return File.Exists(token) ? new InClusterConfiguration(host, port, folder)
            : throw new OperationException(
                ClusterErrorIds.KubeConfigNotFound,
                $"There is no kubeconfig, and this is a pod without a service account's token: '{token}' is not there.",
                "Set automountServiceAccountToken: true for the pod and its service account, or name a kubeconfig with -KubeConfigPath.");
    }

    /// <exception cref="OperationException">Address, authority or namespace cannot be read.</exception>
    public ClusterEndpointSettings Settings(SecretMasker masker)
    {
        // An IPv6 address needs brackets in an address with a port.
        string host = _host.Contains(':', StringComparison.Ordinal) && !_host.StartsWith('[') ? $"[{_host}]" : _host;
        if (!Uri.TryCreate($"https://{host}:{_port}", UriKind.Absolute, out Uri? server))
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid, $"KUBERNETES_SERVICE_HOST '{_host}' and KUBERNETES_SERVICE_PORT '{_port}' make no address.", "Correct the pod's environment, or name a kubeconfig with -KubeConfigPath.");
        }
        string authorities = Path.Combine(_folder, "ca.crt");
        return new ClusterEndpointSettings
        {
            Server = server,
            Context = "in-cluster",
            User = "service account",
            Namespace = Read(Path.Combine(_folder, "namespace")).Trim(),
            Authorities = File.Exists(authorities) ? Certificates.AuthoritiesFromPem(Read(authorities)) : null,
            Credentials = new TokenFileCredential(Path.Combine(_folder, "token"), masker),
        };
    }

    private static string Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The service account's file '{path}' cannot be read: {e.Message}", "Make the file readable.", e);
        }
    }
}
