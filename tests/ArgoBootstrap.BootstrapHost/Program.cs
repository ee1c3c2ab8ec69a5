using System.Globalization;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Repository;

// Arguments: repository, environment, cluster, kubeconfig, manifest, audit log, seconds that its lock outlives it. Each report is a line, at once.
if (args is not [string repository, string environment, string cluster, string kubeConfig, string manifest, string auditLog, string lockSeconds])
{
    Console.Error.WriteLine("repository, environment, cluster, kubeconfig, manifest, audit log and seconds are needed");
    return 2;
}
var connection = new ClusterConnectionOptions { KubeConfigPath = kubeConfig };
var request = new BootstrapRequest
{
    RepositoryPath = repository,
    Environment = environment,
    Cluster = cluster,
    Method = ArgoCDInstallMethod.Manifest,
    Manifest = ManifestSource.FromFile(manifest),
    Timeout = TimeSpan.FromMinutes(3),
    LockDuration = TimeSpan.FromSeconds(int.Parse(lockSeconds, CultureInfo.InvariantCulture)),
    LockTimeout = TimeSpan.FromMinutes(2),
};
BootstrapResult result = await new GitOpsBootstrapper(null, new AuditLog(connection.Masker, auditLog)).RunAsync(request, connection, new Lines());
foreach (BootstrapStepResult step in result.Steps)
{
    Console.WriteLine($"{step} {step.Remedy}");
}
Console.WriteLine($"changed: {result.Changed}");
return result.Succeeded ? 0 : 1;

/// <summary>Writes progress as lines.</summary>
internal sealed class Lines : IProgress<OperationProgress>
{
    public void Report(OperationProgress value)
    {
        lock (Console.Out)
        {
            Console.WriteLine($"{value.Activity}: {value.Message}");
            Console.Out.Flush();
        }
    }
}
