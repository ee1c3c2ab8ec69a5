using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Adds clusters to a repository: one small file each, everything else comes from the environment.</summary>
/// <param name="repository">The repository.</param>
public sealed class ClusterOverlayWriter(GitOpsRepository repository)
{
    private const string ClusterComponent = "cluster";

    private readonly OverlayCatalog _catalog = new(repository);
    private readonly OverlayIndex _index = OverlayIndex.Of(repository);
    private readonly AssumedOverlays _assumed = new();
    private bool _isContinued;

    /// <summary>Checks a request and tells what would be written, without writing it.</summary>
    /// <param name="request">The cluster.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="OperationException">
    /// A name or host that cannot be one or is in use, an environment that does not exist, an overlay that does and is
    /// not to be overwritten, or no component that makes a cluster's configuration.
    /// </exception>
    public ClusterOverlayPlan Plan(ClusterOverlayRequest request, CancellationToken cancellationToken = default)
    {
        DnsName.RequireLabel(request.Name, "cluster");
        DnsName.RequireHost(request.IngressHost);

        ClusterOverlay shared = new OverlayPathResolver(repository).Resolve(request.Environment, null, request.Application);
        request = request with { Environment = shared.Environment, Application = shared.Application };
        RequireNoApplication(request);
        RequireComponent(request.Application);
        ClusterOverlay overlay = _catalog.At(request.Environment, request.Name, request.Application) with { IngressHost = request.IngressHost };
        bool exists = GitOpsLayout.HasKustomization(overlay.Path) || _assumed.Contains(overlay);
        if (exists && !request.Force)
        {
            throw Exists(overlay);
        }

        RequireUnique(overlay, cancellationToken);
        string file = GitOpsLayout.FindKustomization(overlay.Path) ?? Path.Combine(overlay.Path, GitOpsLayout.KustomizationFiles[0]);
        bool isFirst = shared.Kind == OverlayKind.Environment && !_assumed.HasClusters(overlay.Environment, overlay.Application);
        return new ClusterOverlayPlan(overlay, file, Text(overlay, shared), exists) { TurnsIntoShared = isFirst ? shared : null };
    }

    /// <summary>Checks what is planned from now on as if a plan had been written.</summary>
    /// <param name="plan">The plan.</param>
    public void Assume(ClusterOverlayPlan plan) => _assumed.Add(plan.Overlay);

    /// <summary>Writes what was planned: the whole file or, on any failure, nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The overlay.</returns>
    /// <exception cref="OperationException">
    /// <see cref="ErrorIds.OverlayExists"/>: somebody else added the overlay meanwhile;
    /// <see cref="ErrorIds.FileAccess"/>: the file cannot be written.
    /// </exception>
    public ClusterOverlay Write(ClusterOverlayPlan plan)
    {
        try
        {
            _index.Add(plan.Overlay, plan.File, () => AtomicFile.Write(plan.File, plan.Text, plan.Replaces));
            return plan.Overlay;
        }
        catch (IOException) when (!plan.Replaces && File.Exists(plan.File))
        {
            throw Exists(plan.Overlay);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(
                ErrorIds.FileAccess,
                $"{plan.File} cannot be written: {exception.Message}",
                "See that the folder can be written and has room.",
                plan.File,
                exception);
        }
    }

    private static OperationException Exists(ClusterOverlay overlay) => new(
        ErrorIds.OverlayExists,
        $"The cluster '{overlay.Cluster}' has an overlay already: {overlay.RelativePath}.",
        "Choose another name, or use -Force to overwrite it.",
        overlay.RelativePath);

    private string Text(ClusterOverlay overlay, ClusterOverlay shared) =>
        $"""
        # Only what is the cluster's own. Everything else comes from the environment.
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - {RelativeTo(overlay.Path, shared.Path)}
        components:
          - {RelativeTo(overlay.Path, ComponentPath(repository, overlay.Application))}
        configMapGenerator:
          - name: cluster-config
            literals:
              - CLUSTER_NAME={overlay.Cluster}
              - INGRESS_HOST={overlay.IngressHost}

        """.ReplaceLineEndings("\n");

    private static string ComponentPath(GitOpsRepository repository, string application) =>
        Path.Combine(repository.SystemPath, GitOpsLayout.ComponentsFolder, application, ClusterComponent);

    private static string RelativeTo(string from, string to) => Path.GetRelativePath(from, to).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>A cluster's folder lies beside those of the environment's applications, so it cannot have the name of one.</summary>
    private void RequireNoApplication(ClusterOverlayRequest request)
    {
        string folder = Path.Combine(repository.OverlaysPath, request.Environment, request.Name);
        bool isApplication = request.Name == request.Application
            || Directory.Exists(Path.Combine(repository.SystemPath, GitOpsLayout.BaseFolder, request.Name))
            || !_catalog.IsCluster(folder);
        if (isApplication)
        {
            throw new OperationException(
                ErrorIds.InvalidName,
                $"'{request.Name}' is the name of an application, and cannot be that of a cluster as well.",
                "Choose another name for the cluster.",
                request.Name);
        }
    }

    private void RequireComponent(string application)
    {
        string path = ComponentPath(repository, application);
        if (!GitOpsLayout.HasKustomization(path))
        {
            throw new OperationException(
                ErrorIds.ClusterComponentNotFound,
                $"{repository.RelativePath(path)} holds no kustomization file: the component is what turns the shared configuration into one cluster's.",
                "Add the component to the repository.",
                path);
        }
    }

    private void RequireUnique(ClusterOverlay overlay, CancellationToken cancellationToken)
    {
        bool isContinued = _isContinued;
        _isContinued = true;
        if ((_assumed.FindName(overlay) ?? _index.FindName(overlay, isContinued, cancellationToken)) is { } named)
        {
            throw new OperationException(
                ErrorIds.ClusterNameInUse,
                $"The environment '{named.Environment}' has a cluster '{overlay.Cluster}' already: {named.RelativePath}.",
                "Choose a name that no cluster of the repository has: it tells clusters apart in URLs, labels and metrics.",
                overlay.Cluster!);
        }

        if ((_assumed.FindHost(overlay) ?? _index.FindHost(overlay, isContinued: true, cancellationToken)) is { } reached)
        {
            throw new OperationException(
                ErrorIds.HostInUse,
                $"{reached.RelativePath} has the host '{overlay.IngressHost}' already.",
                "Give the cluster a host of its own.",
                overlay.IngressHost!);
        }
    }
}
