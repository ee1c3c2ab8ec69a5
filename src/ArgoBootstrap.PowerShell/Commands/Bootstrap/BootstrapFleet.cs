using System.Management.Automation;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Concurrency;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Bootstraps several clusters at a time, and writes what becomes of each in their order, as soon as it and those before it are known.</summary>
/// <param name="bootstrapper">Bootstraps one.</param>
/// <param name="auditLog">Where the audit log is, for the error about one that cannot be written.</param>
/// <param name="throttleLimit">The largest number at a time.</param>
internal sealed class BootstrapFleet(GitOpsBootstrapper bootstrapper, string auditLog, int throttleLimit)
{
    private const int FleetActivity = 1;
    private int _done;

    /// <summary>Runs them all to their end. One that fails does not stop the others; when it is stopped, so are all, and it ends with the last of them.</summary>
    /// <param name="members">The clusters.</param>
    /// <param name="writer">Takes the results.</param>
    /// <param name="cancellationToken">Stops all.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<bool> RunAsync(IReadOnlyList<FleetMember> members, IPipelineWriter writer, CancellationToken cancellationToken)
    {
        if (members.Count == 0)
        {
            return true;
        }

        ReportFleet(members.Count, writer);
        // A result takes no room worth a limit, and no cluster waits for another one's to be written.
        IAsyncEnumerable<PipelineRecord> results = ParallelStream.RunAsync(
            Enumerable.Range(0, members.Count), (index, token) => RunOneAsync(members, index, writer, token), throttleLimit, ahead: members.Count, cancellationToken);
        await foreach (PipelineRecord result in results.ConfigureAwait(false))
        {
            result.WriteTo(writer);
        }

        return true;
    }

    private async Task<PipelineRecord> RunOneAsync(IReadOnlyList<FleetMember> members, int index, IPipelineWriter writer, CancellationToken cancellationToken)
    {
        bool isAlone = members.Count == 1;
        PipelineRecord record = new(writer);
        OperationProgressWriter progress = new(writer, members[index].Name, isAlone ? FleetActivity : FleetActivity + 1 + index, isAlone ? -1 : FleetActivity);
        await RunOneAsync(members[index], record, progress, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _done);
        if (progress.Ended is { } ended)
        {
            writer.WriteProgress(ended);
        }

        ReportFleet(members.Count, writer);
        return record;
    }

    private async Task RunOneAsync(FleetMember member, IPipelineWriter writer, OperationProgressWriter progress, CancellationToken cancellationToken)
    {
        try
        {
            Write(member, await bootstrapper.RunAsync(member.Request, member.Connection, progress, cancellationToken).ConfigureAwait(false), writer);
        }
        catch (Exception exception) when (ErrorRecords.IsKnown(exception))
        {
            foreach (ErrorRecord record in ErrorRecords.From(exception, member.Name))
            {
                writer.WriteError(record);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not PipelineStoppedException)
        {
            // A mistake of the program: told like an error of this cluster, so that the others are still done.
            writer.WriteError(new ErrorRecord(exception, "UnexpectedError", ErrorCategory.NotSpecified, member.Name));
        }
    }

    private void Write(FleetMember member, BootstrapResult result, IPipelineWriter writer)
    {
        // Where the preflight failed, its error says what matters.
        bool isPastPreflight = result.Failure?.Name != BootstrapStepName.Preflight;
        foreach (PrerequisiteResult warning in result.Prerequisites.Where(p => isPastPreflight && p.Status == PrerequisiteStatus.Warning))
        {
            writer.WriteWarning($"{member.Name}: {warning.Message} {warning.Remedy}".TrimEnd());
        }

        writer.WriteObject(result);
        if (result.Failure is { } failure)
        {
            writer.WriteError(ErrorRecords.From(failure.ErrorId, $"{member.Name}: {failure.Name} failed: {failure.Message}", failure.Remedy, member.Name));
        }

        if (result.AuditFailure.Length > 0)
        {
            writer.WriteError(ErrorRecords.From(
                ErrorIds.FileAccess,
                $"{member.Name}: the audit log '{auditLog}' could not be written: {result.AuditFailure}",
                $"Make the file writable, or name another one with {AuditLogLocation.EnvironmentVariable}.",
                auditLog));
        }
    }

    private void ReportFleet(int total, IPipelineWriter writer)
    {
        if (total > 1)
        {
            int done = Volatile.Read(ref _done);
            writer.WriteProgress(new ProgressRecord(FleetActivity, "Bootstrapping clusters", $"{done} of {total} done")
            {
                PercentComplete = done * 100 / total,
                RecordType = done == total ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            });
        }
    }
}
