using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Registration;
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
    private int _rounds;

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

    /// <summary>How long Argo CD's cluster, and with -Test each registered one, may take to answer: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The list, then as many rounds of tests as it takes.</summary>
    private protected override TimeSpan? CallTimeout => Timeout * (1 + _rounds);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        RestartTime();
        _rounds = 0;
        NameFilter names = new(Name);
        string context = "";
        RegisteredCluster[] clusters = Read(async (hub, _, token) =>
        {
            context = hub.Connection.Context;
            return (await RegisteredClusters.ListAsync(hub, Namespace, token).ConfigureAwait(false)).Where(cluster => names.Accepts(cluster.Name)).ToArray();
        });
        if (Test)
        {
            _rounds = (clusters.Length + TestsAtATime - 1) / TestsAtATime;
            clusters = Read((hub, progress, token) => TestAsync(hub, clusters, progress, token));
        }

        foreach (RegisteredCluster cluster in clusters)
        {
            names.Count(cluster.Name);
            Write(cluster, context);
        }

        foreach (string missing in names.Unmatched)
        {
            WriteError(ErrorRecords.From(
                ErrorIds.RegistrationNotFound, $"The Argo CD in namespace {Namespace} of {ContextText} knows no cluster '{missing}'.", "Get-ArgoCluster without -Name lists those that it knows; Register-ArgoCluster adds one.", missing));
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
