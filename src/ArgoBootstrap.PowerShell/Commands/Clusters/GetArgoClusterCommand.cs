using System.Management.Automation;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Clusters;

/// <summary>Lists the clusters that an Argo CD knows, with what it may do there, and tries each when asked to.</summary>
[Cmdlet(VerbsCommon.Get, "ArgoCluster")]
[OutputType(typeof(RegisteredCluster))]
public sealed class GetArgoClusterCommand : ArgoCDCmdlet
{
    private const int TestsAtATime = 8;
    private const string InClusterContext = "in-cluster";

    /// <summary>Names of clusters, with wildcards; all where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Cluster")]
    [ArgumentCompleter(typeof(ArgoCDCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Connects to each cluster with the registered credential, and asks what that may do.</summary>
    [Parameter]
    public SwitchParameter Test { get; set; }

    /// <summary>With -Test: how long each cluster may take to answer: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        NameFilter names = new(Name);
        string context = "";
        IReadOnlyList<RegisteredCluster> clusters = Read(async (hub, progress, token) =>
        {
            context = hub.Connection.Context;
            RegisteredCluster[] known = [.. (await RegisteredClusters.ListAsync(hub, Namespace, token).ConfigureAwait(false)).Where(cluster => names.Accepts(cluster.Name))];
            return Test ? await TestAsync(hub, known, progress, token).ConfigureAwait(false) : known;
        });
        foreach (RegisteredCluster cluster in clusters)
        {
            names.Count(cluster.Name);
            Write(cluster, context);
        }

        foreach (string missing in names.Unmatched)
        {
            WriteError(ErrorRecords.From(
                BootstrapErrorIds.RegistrationNotFound, $"The Argo CD in namespace {Namespace} of {ContextText} knows no cluster '{missing}'.", "Get-ArgoCluster without -Name lists those that it knows; Register-ArgoCluster adds one.", missing));
        }
    }

    private async Task<RegisteredCluster[]> TestAsync(TargetCluster hub, RegisteredCluster[] clusters, IProgress<OperationProgress> progress, CancellationToken cancellationToken)
    {
        int done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, clusters.Length),
            new ParallelOptions { MaxDegreeOfParallelism = TestsAtATime, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                clusters[i] = clusters[i] with { Test = await RegistrationProbe.TestAsync(hub, clusters[i], Timeout, token).ConfigureAwait(false) };
                progress.Report(new OperationProgress("Testing clusters", clusters[i].Name, Interlocked.Increment(ref done), clusters.Length));
            }).ConfigureAwait(false);
        return clusters;
    }

    /// <summary>Writes a cluster with what names its Argo CD, so that the next cmdlet of a pipeline asks the same one.</summary>
    private void Write(RegisteredCluster cluster, string context)
    {
        PSObject item = new(cluster);
        if (KubeConfigPath is not null)
        {
            item.Properties.Add(new PSNoteProperty(nameof(KubeConfigPath), KubeConfigPath));
        }

        if (Context is not null || context != InClusterContext)
        {
            item.Properties.Add(new PSNoteProperty(nameof(Context), Context ?? context));
        }

        WriteObject(item);
    }
}
