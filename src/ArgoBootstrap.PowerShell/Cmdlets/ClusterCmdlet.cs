using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that works on a cluster: that of the kubeconfig's current context where none is named.</summary>
public abstract class ClusterCmdlet : ArgoBootstrapCmdlet
{
    private readonly NoticeWriter _notices = new();
    private Deadline _deadline = Deadline.None;
    private TimeSpan _spent;

    /// <summary>The kubeconfig file; what <c>KUBECONFIG</c> names, then <c>~/.kube/config</c>, where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("KubeConfig")]
    [ValidateNotNullOrEmpty]
    public string? KubeConfigPath { get; set; }

    /// <summary>The kubeconfig's context; its current one where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Context { get; set; }

    /// <summary>Takes secrets out of everything that this cmdlet says.</summary>
    private protected SecretMasker Masker { get; } = new();

    /// <inheritdoc/>
    private protected override string Mask(string text) => Masker.MaskText(text);

    /// <summary>The audit log.</summary>
    private protected AuditLog AuditLog => new(Masker);

    /// <summary>How long the cmdlet may take with one input, all that it does put together; null for no limit. Questions to the user do not count.</summary>
    private protected virtual TimeSpan? CallTimeout => null;

    /// <summary>The cluster as a question names it, without having been asked for anything.</summary>
    private protected string ContextText =>
        Context is not null ? $"context '{Context}'"
        : ContextName.Length > 0 ? $"the current context '{ContextName}'"
        : "the current context";

    /// <summary>The name of the context that is used, without the cluster having been asked for anything; empty where it cannot be told.</summary>
    private protected string ContextName =>
        Context ?? ClusterOperation.Run(this, (_, _, token) => KubeConfigContexts.FindCurrentAsync(ConnectionOptions(), token), CancellationToken);

    /// <summary>Which cluster is meant.</summary>
    /// <exception cref="OperationException">The kubeconfig's path is none of the file system.</exception>
    private protected ClusterConnectionOptions ConnectionOptions() => new()
    {
        KubeConfigPath = KubeConfigPath is null ? "" : SessionPaths.ToFileSystem(SessionState, KubeConfigPath),
        Context = Context ?? "",
        Masker = Masker,
        Deadline = _deadline,
        PluginOutput = _notices,
    };

    /// <summary>Begins a new call: all of <see cref="CallTimeout"/> is left.</summary>
    private protected void RestartTime() => _spent = TimeSpan.Zero;

    /// <summary>Runs work within what is left of the cmdlet's time.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="work">The work.</param>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.WaitTimedOut"/>: it was not over in time.</exception>
    private protected T Run<T>(Func<IPipelineWriter, IProgress<OperationProgress>, CancellationToken, Task<T>> work)
    {
        long started = Stopwatch.GetTimestamp();
        _deadline = CallTimeout is { } limit ? Deadline.After(limit > _spent ? limit - _spent : TimeSpan.Zero) : Deadline.None;
        try
        {
            return ClusterOperation.Run(
                this,
                (writer, progress, token) =>
                {
                    _notices.Writer = writer;
                    return work(writer, progress, token);
                },
                CancellationToken,
                _deadline);
        }
        finally
        {
            _notices.Writer = null;
            _deadline = Deadline.None;
            _spent += Stopwatch.GetElapsedTime(started);
        }
    }

    /// <summary>Works on the cluster, which changes nothing there.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="work">The work.</param>
    private protected T Read<T>(Func<TargetCluster, IProgress<OperationProgress>, CancellationToken, Task<T>> work) =>
        Run((_, progress, token) => TargetCluster.UseAsync(ConnectionOptions(), cluster => work(cluster, progress, token), token));

    /// <summary>Names every field that adopting takes away, object by object, and asks for it where the user wants to be asked.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="objects">What would become of the objects.</param>
    private protected bool ShouldRemoveAdopted(string target, IEnumerable<ObjectApplyResult> objects)
    {
        int count = 0;
        foreach (ObjectApplyResult item in objects)
        {
            // kubectl's own note of what it applied goes away with what it was about.
            string[] fields = [.. item.RemovedFields.Where(f => !f.Field.EndsWith(".kubectl.kubernetes.io/last-applied-configuration", StringComparison.Ordinal)).Select(f => f.ToString())];
            if (fields.Length > 0)
            {
                count += fields.Length;
                WriteWarning($"-Adopt removes from {item.Reference}: {string.Join(", ", fields)}.");
            }
        }

        return count == 0 || ShouldProcess($"{ContextText}: {target}", $"Remove {count} {(count == 1 ? "field" : "fields")} that other installers set and that is not named any more");
    }

    /// <summary>Changes the cluster, and writes a line to the audit log, whatever becomes of it. Nothing is changed when that cannot be written.</summary>
    /// <typeparam name="T">What the change comes to.</typeparam>
    /// <param name="target">What is changed.</param>
    /// <param name="work">The change.</param>
    /// <param name="describe">What became of a change that threw nothing.</param>
    private protected T Change<T>(string target, Func<TargetCluster, IProgress<OperationProgress>, CancellationToken, Task<T>> work, Func<T, (bool Succeeded, string Message)> describe)
    {
        AuditLog.RequireWritable();
        AuditedChange audit = new(MyInvocation, target, Context ?? "");
        using TerminationGuard guard = TerminationGuard.Enter(Cancel);
        try
        {
            T result = Read((cluster, progress, token) =>
            {
                audit.At(cluster);
                return work(cluster, progress, token);
            });
            (bool succeeded, string message) = describe(result);
            Record(audit.Ended(succeeded ? AuditOutcome.Succeeded : AuditOutcome.Failed, message));
            return result;
        }
        catch (OperationCanceledException)
        {
            Record(audit.Ended(AuditOutcome.Stopped, TerminationGuard.StopMessage));
            throw;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            Record(audit.Ended(AuditOutcome.Failed, exception.Message));
            throw;
        }
    }

    /// <summary>Appends a record. A log that cannot be written is an error of its own: what was done is told all the same.</summary>
    private void Record(AuditRecord record)
    {
        try
        {
            AuditLog.Append(record);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.ErrorRecords.From(
                ErrorIds.FileAccess,
                $"The audit log '{AuditLog.FilePath}' could not be written: {exception.Message}",
                $"Make the file writable, or name another one with {AuditLogLocation.EnvironmentVariable}.",
                AuditLog.FilePath));
        }
    }
}
