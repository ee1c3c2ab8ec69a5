using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>
/// The merged kubeconfig. Merging follows kubectl: files of <c>KUBECONFIG</c> that do not exist are passed over, the first file
/// that sets a thing wins, and relative paths count from the file that holds them.
/// </summary>
internal sealed class KubeConfig
{
    private readonly List<(K8SConfiguration Config, KubeConfigExtras Extras, string Path)> _files;

    private KubeConfig(List<(K8SConfiguration, KubeConfigExtras, string)> files) => _files = files;

    /// <summary>The files that were read, as messages name them.</summary>
    public string Source => string.Join(", ", _files.Select(f => f.Path));

    public IEnumerable<string> ContextNames =>
        _files.SelectMany(f => f.Config.Contexts ?? []).Select(c => c.Name).Where(n => n is not null).Distinct(StringComparer.Ordinal);

    /// <summary>Reads the kubeconfig.</summary>
    /// <param name="explicitPath">A file that must exist; empty to look where kubectl looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when none was named and none is there.</returns>
    public static async Task<KubeConfig?> LoadAsync(string explicitPath, CancellationToken cancellationToken)
    {
        bool isExplicit = explicitPath.Length > 0;
        var files = new List<(K8SConfiguration, KubeConfigExtras, string)>();
        foreach (string path in isExplicit ? [explicitPath] : DefaultPaths())
        {
            if (File.Exists(path))
            {
                (K8SConfiguration config, KubeConfigExtras extras) = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
                files.Add((config, extras, Path.GetFullPath(path)));
            }
            else if (isExplicit)
            {
                throw new ClusterException(
                    ClusterErrorIds.KubeConfigNotFound,
                    $"The kubeconfig file '{path}' does not exist.",
                    "Name an existing file with -KubeConfigPath, or leave it out to use KUBECONFIG or ~/.kube/config.");
            }
        }
        return files.Count > 0 ? new KubeConfig(files) : null;
    }

    /// <summary>Finds a context and what it refers to.</summary>
    /// <param name="name">The context; empty for the current one.</param>
    public KubeConfigContext Resolve(string name)
    {
        if (name.Length == 0)
        {
            name = _files.Select(f => f.Config.CurrentContext).FirstOrDefault(c => !string.IsNullOrEmpty(c))
                ?? throw ContextNotFound("The kubeconfig has no current context");
        }
        ContextDetails context = _files.SelectMany(f => f.Config.Contexts ?? []).FirstOrDefault(c => c.Name == name)?.ContextDetails
            ?? throw ContextNotFound($"There is no context '{name}' in the kubeconfig");

        var cluster = _files
            .SelectMany(f => (f.Config.Clusters ?? []).Select(c => (c.Name, Endpoint: c.ClusterEndpoint, f.Extras, f.Path)))
            .FirstOrDefault(c => c.Name == context.Cluster);
        if (cluster.Endpoint is null || string.IsNullOrWhiteSpace(cluster.Endpoint.Server))
        {
            throw Invalid($"Context '{name}' refers to the cluster '{context.Cluster}', which has no server", "Add the cluster, or choose another context.");
        }
        var user = _files
            .SelectMany(f => (f.Config.Users ?? []).Select(u => (u.Name, Credentials: u.UserCredentials, f.Extras, f.Path)))
            .FirstOrDefault(u => u.Name == context.User);
        if (!string.IsNullOrEmpty(context.User) && user.Name is null)
        {
            throw Invalid($"Context '{name}' refers to the user '{context.User}', which is not there", "Add the user, or choose another context.");
        }

        string clusterFolder = Path.GetDirectoryName(cluster.Path) ?? "";
        string userFolder = Path.GetDirectoryName(user.Path) ?? "";
        ClusterEndpoint endpoint = cluster.Endpoint;
        endpoint.CertificateAuthority = Absolute(clusterFolder, endpoint.CertificateAuthority);
        UserCredentials credentials = user.Credentials ?? new UserCredentials();
        credentials.ClientCertificate = Absolute(userFolder, credentials.ClientCertificate);
        credentials.ClientKey = Absolute(userFolder, credentials.ClientKey);
        return new KubeConfigContext
        {
            Name = name,
            ClusterName = context.Cluster,
            UserName = context.User ?? "",
            Namespace = context.Namespace ?? "",
            Cluster = endpoint,
            User = credentials,
            ProxyUrl = cluster.Extras.Clusters?.FirstOrDefault(c => c.Name == context.Cluster)?.Cluster?.ProxyUrl ?? "",
            TokenFile = Absolute(userFolder, user.Extras?.Users?.FirstOrDefault(u => u.Name == context.User)?.User?.TokenFile) ?? "",
            UserFolder = userFolder,
        };
    }

    private ClusterException ContextNotFound(string message)
    {
        string known = string.Join(", ", ContextNames.Select(n => $"'{n}'"));
        return new ClusterException(
            ClusterErrorIds.ContextNotFound,
            $"{message} ({Source}).",
            known.Length > 0 ? $"Choose one of its contexts with -Context: {known}." : "Add a context to it.");
    }

    private ClusterException Invalid(string message, string remedy) =>
        new(ClusterErrorIds.KubeConfigInvalid, $"{message} ({Source}).", remedy);

    private static async Task<(K8SConfiguration Config, KubeConfigExtras Extras)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            string text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            return (KubernetesYaml.Deserialize<K8SConfiguration>(text) ?? new K8SConfiguration(), KubernetesYaml.Deserialize<KubeConfigExtras>(text) ?? new KubeConfigExtras());
        }
        catch (YamlException e)
        {
            // Its text may quote the file, and the file holds credentials: only the place is told.
            throw new ClusterException(
                ClusterErrorIds.KubeConfigInvalid,
                $"The kubeconfig '{path}' is not valid at line {e.Start.Line}, column {e.Start.Column}.",
                "Correct the file; 'kubectl config view' shows how kubectl reads it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(
                ClusterErrorIds.KubeConfigInvalid,
                $"The kubeconfig '{path}' cannot be read: {e.Message}",
                "Give the file to the user who runs this, or name another one with -KubeConfigPath.",
                e);
        }
    }

    private static IEnumerable<string> DefaultPaths()
    {
        string? variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        if (!string.IsNullOrEmpty(variable))
        {
            return variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim('"')).Distinct();
        }
        return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }

    private static string? Absolute(string folder, string? path) => string.IsNullOrEmpty(path) ? path : Path.Combine(folder, path);
}
