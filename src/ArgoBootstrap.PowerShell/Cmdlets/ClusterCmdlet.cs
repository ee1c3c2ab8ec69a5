using System.Management.Automation;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Clusters.Access;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that works on a cluster: that of the kubeconfig's current context where none is named.</summary>
public abstract class ClusterCmdlet : ArgoBootstrapCmdlet
{
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

    /// <summary>The audit log.</summary>
    private protected AuditLog AuditLog => new(Masker);

    /// <summary>The cluster as a question names it, without having been asked for anything.</summary>
    private protected string ContextText => Context is null ? "the current context" : $"context '{Context}'";

    /// <summary>Which cluster is meant.</summary>
    /// <exception cref="Core.Diagnostics.GitOpsException">The kubeconfig's path is none of the file system.</exception>
    private protected ClusterConnectionOptions ConnectionOptions() => new()
    {
        KubeConfigPath = KubeConfigPath is null ? "" : SessionPaths.ToFileSystem(SessionState, KubeConfigPath),
        Context = Context ?? "",
        Masker = Masker,
    };

    /// <summary>Works on the cluster, which changes nothing there.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="work">The work.</param>
    private protected T Read<T>(Func<TargetCluster, IProgress<OperationProgress>, CancellationToken, Task<T>> work) =>
        ClusterOperation.Run(this, (_, progress, token) => OnClusterAsync(ConnectionOptions(), cluster => work(cluster, progress, token), token), CancellationToken);

    /// <summary>Changes the cluster, and writes a line to the audit log, whatever becomes of it.</summary>
    /// <typeparam name="T">What the change comes to.</typeparam>
    /// <param name="target">What is changed.</param>
    /// <param name="work">The change.</param>
    /// <param name="describe">What became of a change that threw nothing.</param>
    private protected T Change<T>(string target, Func<TargetCluster, IProgress<OperationProgress>, CancellationToken, Task<T>> work, Func<T, (bool Succeeded, string Message)> describe)
    {
        AuditedChange audit = new(MyInvocation, target, Context ?? "");
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
            Record(audit.Ended(AuditOutcome.Stopped, "stopped"));
            throw;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            Record(audit.Ended(AuditOutcome.Failed, exception.Message));
            throw;
        }
    }

    private static async Task<T> OnClusterAsync<T>(ClusterConnectionOptions options, Func<TargetCluster, Task<T>> work, CancellationToken cancellationToken)
    {
        using TargetCluster cluster = await TargetCluster.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        return await work(cluster).ConfigureAwait(false);
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
                Core.Diagnostics.GitOpsErrorIds.FileAccess,
                $"The audit log '{AuditLog.FilePath}' could not be written: {exception.Message}",
                $"Make the file writable, or name another one with {AuditLogLocation.EnvironmentVariable}.",
                AuditLog.FilePath));
        }
    }
}
