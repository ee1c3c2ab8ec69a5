using System.Diagnostics;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Concurrency;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Takes a cluster, empty or not, to an Argo CD that manages itself from its overlay. Safe to run again at any point, also at the same time as another.</summary>
public sealed class GitOpsBootstrapper
{
    /// <summary>The field manager of Argo CD's syncs.</summary>
    internal const string ArgoCDManager = "argocd-controller";

    private readonly BootstrapServices _services;
    private readonly AuditLog? _audit;

    /// <summary>Makes a bootstrapper.</summary>
    /// <param name="services">What it works with; the ordinary ones when null.</param>
    /// <param name="audit">Gets one record per step that changes the cluster; null for none.</param>
    public GitOpsBootstrapper(BootstrapServices? services = null, AuditLog? audit = null)
    {
        _services = services ?? new BootstrapServices();
        _audit = audit;
    }

    /// <summary>What a bootstrap would do. Needs no cluster.</summary>
    /// <param name="request">What the cluster is to become.</param>
    /// <param name="connection">Which cluster, for commands that are shown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The repository or the overlay is not there.</exception>
    /// <exception cref="OperationException">The request cannot be carried out, or the manifest cannot be read.</exception>
    public async Task<BootstrapPlan> PlanAsync(BootstrapRequest request, ClusterConnectionOptions connection, CancellationToken cancellationToken = default)
    {
        BootstrapInputs inputs = await BootstrapInputs.ReadAsync(request, _services.Deployer, cancellationToken).ConfigureAwait(false);
        ArgoCDInstallPlan? install = inputs.Install is { } options ? await _services.Installer.PlanAsync(options, connection, cancellationToken).ConfigureAwait(false) : null;
        string context = await KubeConfigContexts.FindCurrentAsync(connection, cancellationToken).ConfigureAwait(false);
        return BootstrapPlanner.Plan(request, inputs, install, context);
    }

    /// <summary>Bootstraps many clusters at once.</summary>
    /// <param name="requests">What each is to become, and where it is.</param>
    /// <param name="throttleLimit">How many at once.</param>
    /// <param name="progress">Told of every cluster's steps.</param>
    /// <param name="cancellationToken">Stops all of them; so does taking no more results. Both return when each has come to its end.</param>
    /// <returns>The results in the order of the requests, each as soon as all before it are done. A cluster that fails does not stop the others.</returns>
    public IAsyncEnumerable<BootstrapResult> RunManyAsync(
        IEnumerable<(BootstrapRequest Request, ClusterConnectionOptions Connection)> requests, int throttleLimit = 10,
        IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        // A result takes no room worth a limit, and no cluster waits for another one's to be taken.
        ParallelStream.RunAsync(requests, (item, token) => RunAsync(item.Request, item.Connection, progress, token), Math.Max(1, throttleLimit), ahead: int.MaxValue, cancellationToken);

    /// <summary>Bootstraps a cluster.</summary>
    /// <param name="request">What the cluster is to become.</param>
    /// <param name="connection">Which cluster.</param>
    /// <param name="progress">Told of every step and object.</param>
    /// <param name="cancellationToken">Stops it; a second run completes it.</param>
    /// <returns>Every step. One that fails is part of the result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<BootstrapResult> RunAsync(BootstrapRequest request, ClusterConnectionOptions connection, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        string target = request.Cluster is { } cluster ? $"{request.Environment}/{cluster}" : request.Environment;
        IProgress<OperationProgress>? named = ProgressRelay<OperationProgress>.To(progress, p => p with { Target = target });
        connection = connection.Deadline.IsSet ? connection : connection with { Deadline = Deadline.After(request.Timeout) };
        var run = new BootstrapRun(request, connection, _services, new BootstrapAudit(_audit, request, connection), named);
        try
        {
            await run.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            run.Dispose();
        }
        return run.Result(Stopwatch.GetElapsedTime(started));
    }
}
