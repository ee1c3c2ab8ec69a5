using System.Diagnostics;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Leases;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>One bootstrap of one cluster: its steps, one after the other, each with what became of it.</summary>
internal sealed class BootstrapRun(BootstrapRequest request, ClusterConnectionOptions connection, BootstrapServices services, BootstrapAudit audit, IProgress<OperationProgress>? progress) : IDisposable
{
    /// <summary>What a step's own limits get to say what they waited for, before it is stopped from outside.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly List<BootstrapStepResult> _steps = [];
    private CancellationToken _stop;
    private TargetCluster? _cluster;
    private BootstrapInputs? _inputs;
    private BootstrapSteps? _work;
    private IReadOnlyList<PrerequisiteResult> _prerequisites = [];

    /// <summary>Runs all steps, within the connection's deadline.</summary>
    /// <param name="stop">Stops it.</param>
    public async Task ExecuteAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (connection.Deadline.IsSet)
        {
            limit.CancelAfter(connection.Deadline.Remaining + Grace);
        }
        _stop = stop;
        CancellationToken cancellationToken = limit.Token;
        if (!await StepAsync(BootstrapStepName.Preflight, () => PreflightAsync(cancellationToken), isChange: false).ConfigureAwait(false)
            || !await StepAsync(BootstrapStepName.Validate, ValidateAsync, isChange: false).ConfigureAwait(false))
        {
            return;
        }
        ClusterLock? held = null;
        CancellationTokenSource? linked = null;
        try
        {
            if (!await StepAsync(BootstrapStepName.Preflight, async () => { held = await LockAsync(cancellationToken).ConfigureAwait(false); return null; }, isChange: false).ConfigureAwait(false))
            {
                return;
            }
            linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held!.Lost);
            await ChangeAsync(linked.Token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (held is not null)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }
            linked?.Dispose();
        }
    }

    public BootstrapResult Result(TimeSpan duration)
    {
        foreach (BootstrapStepName name in Enum.GetValues<BootstrapStepName>().Where(n => _steps.All(s => s.Name != n)))
        {
            _steps.Add(new BootstrapStepResult(name, BootstrapStepStatus.NotRun, "An earlier step failed.", TimeSpan.Zero));
        }
        return new BootstrapResult
        {
            Environment = request.Environment,
            Cluster = request.Cluster,
            Overlay = _inputs?.Overlay.RelativePath ?? "",
            Context = _cluster?.Connection.Context ?? connection.Context,
            Server = _cluster?.Connection.Server ?? "",
            CorrelationId = request.CorrelationId,
            AuditFailure = audit.Failure,
            Steps = [.. _steps.OrderBy(s => s.Name)],
            Prerequisites = _prerequisites,
            Findings = _inputs?.Prepared.Findings ?? [],
            Installation = _work?.Installation,
            Deployment = _work?.Deployment,
            Duration = duration,
        };
    }

    public void Dispose() => _cluster?.Dispose();

    private async Task<StepOutcome?> PreflightAsync(CancellationToken cancellationToken)
    {
        _inputs = await BootstrapInputs.ReadAsync(request, services.Deployer, cancellationToken).ConfigureAwait(false);
        _cluster = await TargetCluster.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        _work = new BootstrapSteps(request, services, _cluster, _inputs, progress);
        var wanted = new PrerequisiteRequest
        {
            Namespace = _inputs.Namespace,
            Objects = request.SkipArgoCD ? [] : _inputs.Prepared.Objects,
            InstallsArgoCD = !request.SkipArgoCD,
            Adopt = request.Adopt,
            Force = request.Force,
        };
        _prerequisites = await ClusterPrerequisites.TestAsync(_cluster, wanted, progress, cancellationToken).ConfigureAwait(false);
        PrerequisiteResult[] failed = [.. _prerequisites.Where(p => p.Status == PrerequisiteStatus.Failed)];
        if (failed.Length > 0)
        {
            // A single cause keeps its own id; several are told together.
            string[] ids = [.. failed.Select(f => f.ErrorId).Distinct()];
            throw new OperationException(
                ids is [{ Length: > 0 } only] ? only : ErrorIds.PrerequisiteFailed,
                $"{(failed.Length == 1 ? "A prerequisite is" : $"{failed.Length} prerequisites are")} not met: {string.Join(" ", failed.Take(10).Select(f => f.Message))}{(failed.Length > 10 ? $" (and {failed.Length - 10} more)" : "")}",
                failed[0].Remedy);
        }
        if (_inputs.Install is { } install)
        {
            await services.Installer.RequireRoomAsync(_cluster, install, cancellationToken).ConfigureAwait(false);
        }
        if (request is { SkipArgoCD: false, Force: false })
        {
            await OverlayGuard.RequireOwnAsync(_cluster, _inputs.Application, _inputs.Overlay.RelativePath, _inputs.Namespace, cancellationToken).ConfigureAwait(false);
        }
        if (request.Flux is { } flux)
        {
            await services.Flux.RequirePermissionsAsync(_cluster, flux, cancellationToken).ConfigureAwait(false);
        }
        if (request.Fleet is { } fleet)
        {
            await services.Fleet.RequirePermissionsAsync(_cluster, fleet, cancellationToken).ConfigureAwait(false);
        }
        int warnings = _prerequisites.Count(p => p.Status == PrerequisiteStatus.Warning);
        return new StepOutcome($"{_prerequisites.Count(p => p.Status == PrerequisiteStatus.Passed)} checks passed, {warnings} {(warnings == 1 ? "warning" : "warnings")}");
    }

    private Task<StepOutcome?> ValidateAsync()
    {
        OverlayDeployer.RequireValid(_inputs!.Prepared, request.SkipValidation);
        return Task.FromResult<StepOutcome?>(new StepOutcome($"{_inputs.Prepared.Objects.Count} objects, {_inputs.Prepared.Findings.Count} findings"));
    }

    private async Task<ClusterLock> LockAsync(CancellationToken cancellationToken)
    {
        ClusterLock held = await ClusterLock.AcquireAsync(_cluster!, request.LockDuration, request.LockTimeout, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            if (request is { SkipArgoCD: false, Force: false })
            {
                // Whoever held the lock before may have made it another overlay's cluster.
                await OverlayGuard.RequireOwnAsync(_cluster!, _inputs!.Application, _inputs.Overlay.RelativePath, _inputs.Namespace, cancellationToken).ConfigureAwait(false);
            }
            return held;
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ChangeAsync(CancellationToken whileHeld, CancellationToken cancellationToken)
    {
        foreach ((BootstrapStepName name, Func<CancellationToken, Task<StepOutcome?>> run) in _work!.All)
        {
            bool succeeded = await StepAsync(name, async () =>
            {
                try
                {
                    return await run(whileHeld).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new OperationException(ClusterErrorIds.LockLost, "The server could not be reached long enough to keep the lock, so another bootstrap may have begun.", "Run this again: it goes on where it stopped.");
                }
            }, isChange: true).ConfigureAwait(false);
            if (!succeeded)
            {
                return;
            }
        }
    }

    /// <summary>Runs a step and keeps what became of it. A step without an outcome leaves no trace when it succeeds.</summary>
    private async Task<bool> StepAsync(BootstrapStepName name, Func<Task<StepOutcome?>> run, bool isChange)
    {
        long started = Stopwatch.GetTimestamp();
        int changes = _cluster?.Connection.Changes.Value ?? 0;
        progress?.Report(new OperationProgress("Bootstrap", name.ToString(), (int)name, Enum.GetValues<BootstrapStepName>().Length));
        try
        {
            StepOutcome? outcome = await InTimeAsync(name, run).ConfigureAwait(false);
            if (outcome is not null)
            {
                TimeSpan duration = Stopwatch.GetElapsedTime(started);
                _steps.Add(new BootstrapStepResult(name, outcome.IsSkipped ? BootstrapStepStatus.Skipped : BootstrapStepStatus.Succeeded, Mask(outcome.Message), duration) { Changed = outcome.Changed });
                if (isChange && !outcome.IsSkipped)
                {
                    Audit(name, AuditOutcome.Succeeded, outcome.Message, duration);
                }
            }
            return true;
        }
        catch (Exception e) when (Describe(e) is { } failure)
        {
            TimeSpan duration = Stopwatch.GetElapsedTime(started);
            _steps.RemoveAll(s => s.Name == name);
            _steps.Add(new BootstrapStepResult(name, BootstrapStepStatus.Failed, Mask(e.Message), duration) { ErrorId = failure.Id, Remedy = Mask(failure.Remedy), Changed = isChange && _cluster?.Connection.Changes.Value > changes });
            Audit(name, AuditOutcome.Failed, e.Message, duration);
            return false;
        }
        catch (OperationCanceledException)
        {
            Audit(name, AuditOutcome.Stopped, request.StopMessage(), Stopwatch.GetElapsedTime(started));
            throw;
        }
    }

    private async Task<StepOutcome?> InTimeAsync(BootstrapStepName name, Func<Task<StepOutcome?>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (connection.Deadline.IsOver && !_stop.IsCancellationRequested)
        {
            string waits = OpenWait.Describe(connection.Deadline.OpenWaits);
            throw new OperationException(
                ClusterErrorIds.WaitTimedOut,
                $"The time was up ({connection.Deadline.Total.TotalSeconds:0.#} seconds for the whole bootstrap) during {name}{(waits.Length > 0 ? $", while waiting for {waits}" : "")}.",
                "See what holds it up, or allow more time with -Timeout, then run this again: it goes on where it stopped.");
        }
    }

    private static (string Id, string Remedy)? Describe(Exception exception) => exception switch
    {
        OperationException e => (e.Id, e.Remedy),
        KustomizeException => (ErrorIds.OverlayInvalid, "Correct the overlay; Test-KustomizeOverlay names file and line."),
        IOException or UnauthorizedAccessException => (ErrorIds.FileAccess, "Check that the file or folder is there and may be read and written."),
        OperationCanceledException => null,
        // One cluster of a fleet must not take the others' results along.
        _ => (ErrorIds.UnexpectedError, "This is a fault of the program. Please report it with the message and what was asked for."),
    };

    private void Audit(BootstrapStepName name, AuditOutcome outcome, string message, TimeSpan duration) =>
        audit.Append($"{name} {_inputs?.Overlay.RelativePath}".TrimEnd(), outcome, Mask(message), duration, _cluster?.Connection.Context ?? connection.Context, _cluster?.Connection.Server ?? "");

    private string Mask(string text) => connection.Masker.MaskText(text);
}

/// <summary>What became of a step that succeeded.</summary>
internal sealed record StepOutcome(string Message, bool Changed = false, bool IsSkipped = false)
{
    public static StepOutcome Skipped(string message) => new(message, false, true);
}
