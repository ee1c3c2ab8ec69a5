using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// The merged kubeconfig. Merging follows kubectl: files of <c>KUBECONFIG</c> that do not exist are passed over, the first file
/// that sets a thing wins, and relative paths count from the file that holds them, those of <c>KUBECONFIG</c> itself from the
/// <see cref="WorkingFolder"/>.
/// </summary>
internal sealed class KubeConfig
{
    private const string Variable = "KUBECONFIG";

    private readonly IReadOnlyList<KubeConfigFile> _files;

    private KubeConfig(IReadOnlyList<KubeConfigFile> files) => _files = files;

    /// <summary>The files that were read, as messages name them.</summary>
    public string Source => string.Join(", ", _files.Select(f => f.Path));

    /// <summary>The contexts of all files, each once.</summary>
    public IEnumerable<string> ContextNames => _files.SelectMany(f => f.ContextNames).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>The current context; null where no file names one.</summary>
    public string? CurrentContext => First(f => f.CurrentContext is { Length: > 0 } current ? current : null);

    /// <summary>Reads the kubeconfig.</summary>
    /// <param name="explicitPath">A file that must exist; empty to look where kubectl looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when none was named and none is there.</returns>
    public static async Task<KubeConfig?> LoadAsync(string explicitPath, CancellationToken cancellationToken)
    {
        bool isExplicit = explicitPath.Length > 0;
        var files = new List<KubeConfigFile>();
        foreach (string path in (isExplicit ? [explicitPath] : DefaultPaths()).Select(WorkingFolder.Resolve))
        {
            if (Directory.Exists(path))
            {
                throw new OperationException(
                    ClusterErrorIds.KubeConfigInvalid,
                    $"The kubeconfig '{path}' is a folder, not a file.",
                    $"Name the file in it{(isExplicit ? " with -KubeConfigPath" : $" in {Variable}")}.");
            }
            if (File.Exists(path))
            {
                files.Add(await KubeConfigFile.ReadAsync(path, cancellationToken).ConfigureAwait(false));
            }
            else if (isExplicit)
            {
                throw new OperationException(
                    ClusterErrorIds.KubeConfigNotFound,
                    $"The kubeconfig file '{path}' does not exist.",
                    "Name an existing file with -KubeConfigPath, or leave it out to use KUBECONFIG or ~/.kube/config.");
            }
        }
        return files.Count > 0 ? new KubeConfig(files) : null;
    }

    /// <summary>The error for a machine without any kubeconfig.</summary>
    public static OperationException NoneFound()
    {
        string[] missing = [.. DefaultPaths().Select(WorkingFolder.Resolve)];
        return HasVariable
            ? new OperationException(
                ClusterErrorIds.KubeConfigNotFound,
                $"{Variable} names {string.Join(" and ", missing.Select(p => $"'{p}'"))}, which {(missing.Length == 1 ? "does" : "do")} not exist.",
                $"Correct {Variable} (relative paths start from the session's location), or name the cluster's kubeconfig with -KubeConfigPath.")
            : new OperationException(
                ClusterErrorIds.KubeConfigNotFound,
                $"There is no kubeconfig: {Variable} is not set, '{missing[0]}' does not exist, and this is not a pod.",
                "Name the cluster's kubeconfig with -KubeConfigPath.");
    }

    /// <summary>Finds a context and what it refers to.</summary>
    /// <param name="name">The context; empty for the current one.</param>
    public KubeConfigContext Resolve(string name)
    {
        if (name.Length == 0)
        {
            name = CurrentContext ?? throw ContextNotFound("The kubeconfig has no current context");
        }
        (string clusterName, string userName, string ns) = FirstValue(f => f.FindContext(name)) ?? throw ContextNotFound($"There is no context '{name}' in the kubeconfig");
        KubeConfigCluster? cluster = First(f => f.FindCluster(clusterName));
        if (cluster is null || string.IsNullOrWhiteSpace(cluster.Server))
        {
            throw Invalid($"Context '{name}' refers to the cluster '{clusterName}', which has no server", "Add the cluster, or choose another context.");
        }
        KubeConfigUser? user = userName.Length == 0 ? new KubeConfigUser() : First(f => f.FindUser(userName));
        return user is null
            ? throw Invalid($"Context '{name}' refers to the user '{userName}', which is not there", "Add the user, or choose another context.")
            : new KubeConfigContext(name, ns, cluster, user);
    }

    private OperationException ContextNotFound(string message)
    {
        string known = string.Join(", ", ContextNames.Select(n => $"'{n}'"));
        return new OperationException(
            ClusterErrorIds.ContextNotFound,
            $"{message} ({Source}).",
            known.Length > 0 ? $"Choose one of its contexts with -Context: {known}." : "Add a context to it.");
    }

    private OperationException Invalid(string message, string remedy) =>
        new(ClusterErrorIds.KubeConfigInvalid, $"{message} ({Source}).", remedy);

    private T? First<T>(Func<KubeConfigFile, T?> find)
        where T : class => _files.Select(find).FirstOrDefault(found => found is not null);

    private T? FirstValue<T>(Func<KubeConfigFile, T?> find)
        where T : struct => _files.Select(find).FirstOrDefault(found => found is not null);

    private static bool HasVariable => Environment.GetEnvironmentVariable(Variable)?.Trim(Path.PathSeparator, '"', ' ') is { Length: > 0 };

    private static IEnumerable<string> DefaultPaths()
    {
        if (HasVariable)
        {
            return Environment.GetEnvironmentVariable(Variable)!.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim('"')).Where(p => p.Length > 0).Distinct();
        }
        return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }
}
