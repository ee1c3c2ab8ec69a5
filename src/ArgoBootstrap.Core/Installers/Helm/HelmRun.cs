using ArgoBootstrap.Clusters;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Lets helm change a release, so that a run that fails says which hook it waited for, and whether it changed something.</summary>
internal static class HelmRun
{
    /// <summary>Runs helm.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="release">The release that helm changes.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="run">Runs helm.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">helm failed.</exception>
    public static async Task ChangeAsync(TargetCluster cluster, string release, string ns, Func<Task> run, CancellationToken cancellationToken)
    {
        var releases = new HelmReleases(cluster);
        HelmRelease? before = await releases.FindAsync(release, ns, cancellationToken).ConfigureAwait(false);
        try
        {
            await HelmHooks.ExplainAsync(cluster, ns, run, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // helm records what it begins, whatever becomes of it.
            if (await HasNewRecordAsync(releases, release, ns, before).ConfigureAwait(false))
            {
                cluster.Connection.Changes.Add();
            }
        }
    }

    /// <summary>Whether helm has recorded something since. Never an error: that would hide helm's own.</summary>
    private static async Task<bool> HasNewRecordAsync(HelmReleases releases, string name, string ns, HelmRelease? before)
    {
        try
        {
            HelmRelease? now = await releases.FindAsync(name, ns, CancellationToken.None).ConfigureAwait(false);
            return (now?.RecordName, now?.Status) != (before?.RecordName, before?.Status);
        }
        catch (OperationException)
        {
            // Nobody knows, and helm was started.
            return true;
        }
    }
}
