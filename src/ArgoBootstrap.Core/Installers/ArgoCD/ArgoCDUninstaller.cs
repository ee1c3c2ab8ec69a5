using System.Diagnostics;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>
/// Removes Argo CD. The controllers go first, so that nothing is healed back; then the finalizers of Applications that stay
/// or go without what they deployed, so that nothing waits for a controller that is gone; then the rest.
/// </summary>
/// <param name="runner">Starts <c>helm</c>; null for <see cref="ProcessRunner"/> with the cluster's masker.</param>
/// <param name="helm">The program; a name on <c>PATH</c>, or a path.</param>
public sealed class ArgoCDUninstaller(IProcessRunner? runner = null, string helm = "helm")
{
    private static readonly string[] Definitions = ["applications.argoproj.io", "applicationsets.argoproj.io", "appprojects.argoproj.io"];

    /// <summary>Removes Argo CD.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">What goes and what stays.</param>
    /// <param name="progress">Told of each object.</param>
    /// <param name="cancellationToken">Stops it; a second run completes it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.NotInstalled"/>, <see cref="ClusterErrorIds.DeleteFailed"/> when Applications do not end, or the cluster refuses.</exception>
    public async Task<ArgoCDUninstallResult> UninstallAsync(TargetCluster cluster, ArgoCDUninstallOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        var run = new Run(cluster, options, progress, cancellationToken);
        DeleteTarget[] objects = [.. (await ArgoCDObjects.ListAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false)).Select(ArgoCDObjects.TargetOf)];
        ArgoCDInstallation? found = (await ArgoCDDetector.FindAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false)).FirstOrDefault(f => f.Namespace == options.Namespace);
        DeleteTarget[] definitions = options.IncludeDefinitions ? await PresentAsync(cluster, Definitions.Select(DefinitionOf), cancellationToken).ConfigureAwait(false) : [];
        DeleteTarget[] namespaces = options.IncludeNamespace ? await PresentAsync(cluster, [new ObjectReference(new("", "v1", "Namespace"), options.Namespace, "")], cancellationToken).ConfigureAwait(false) : [];
        // Who removed Argo CD before can still remove what stayed then.
        if (found is null && objects.Length == 0 && definitions.Length == 0 && namespaces.Length == 0)
        {
            throw new OperationException(ErrorIds.NotInstalled, $"There is no Argo CD in namespace {options.Namespace} of {cluster.Connection.Server}.", "Name its namespace with -Namespace.");
        }
        ArgoCDInstallation installation = found ?? new ArgoCDInstallation { Namespace = options.Namespace, InstalledBy = "an earlier run that was interrupted" };
        await RequirePermissionsAsync(run, [.. objects, .. definitions, .. namespaces]).ConfigureAwait(false);
        try
        {
            await RemoveAsync(run, installation, objects).ConfigureAwait(false);
        }
        catch (Exception e) when (cluster.Connection.Deadline.IsSaidBy(e) && run.Deleted.Any(d => d.Action == DeleteAction.Terminating))
        {
            // What holds an object that was waited for says more than that there was no time for the rest.
        }
        return new ArgoCDUninstallResult(installation, run.Released, run.Deleted, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Removes what is asked for, in its order.</summary>
    private async Task RemoveAsync(Run run, ArgoCDInstallation installation, IReadOnlyList<DeleteTarget> objects)
    {
        (TargetCluster cluster, ArgoCDUninstallOptions options, CancellationToken cancellationToken) = (run.Cluster, run.Options, run.CancellationToken);
        if (options.IncludeApplications)
        {
            await DeleteApplicationsAsync(run).ConfigureAwait(false);
        }
        bool isController(DeleteTarget t) => t.Reference.Type.Group == "apps";
        await run.DeleteAsync([.. objects.Where(isController)]).ConfigureAwait(false);
        await ReleaseAsync(run, _ => true).ConfigureAwait(false);
        if (installation.HelmRelease.Length > 0 && !options.DryRun)
        {
            // Its hooks and records; the objects that it still names are deleted by it or below.
            HelmClient client = new(runner ?? new ProcessRunner(cluster.Connection.Masker), cluster.Options, helm);
            ProgressRelay<string>? lines = run.Progress is { } progress ? new ProgressRelay<string>(l => progress.Report(new OperationProgress("helm", l))) : null;
            await HelmRun.ChangeAsync(
                cluster, installation.HelmRelease, options.Namespace, () => client.UninstallAsync(installation.HelmRelease, options.Namespace, options.Timeout, lines, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        await run.DeleteAsync([.. objects.Where(o => !isController(o))]).ConfigureAwait(false);
        if (options.IncludeDefinitions)
        {
            await run.DeleteAsync([.. Definitions.Select(d => new DeleteTarget(DefinitionOf(d)))]).ConfigureAwait(false);
        }
        if (options.IncludeNamespace)
        {
            await run.DeleteAsync([new DeleteTarget(new ObjectReference(new("", "v1", "Namespace"), options.Namespace, ""))]).ConfigureAwait(false);
        }
        else if (!options.DryRun && run.Deleted.All(d => d.Action is DeleteAction.Deleted or DeleteAction.NotFound))
        {
            await OverlayMark.RemoveAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ObjectReference DefinitionOf(string name) => new(new("apiextensions.k8s.io", "v1", "CustomResourceDefinition"), name, "");

    private static async Task<DeleteTarget[]> PresentAsync(TargetCluster cluster, IEnumerable<ObjectReference> references, CancellationToken cancellationToken)
    {
        var present = new List<DeleteTarget>();
        foreach (ObjectReference reference in references)
        {
            if (await cluster.Reader.FindAsync(reference.Type.Group, reference.Type.Kind, reference.Name, "", cancellationToken).ConfigureAwait(false) is not null)
            {
                present.Add(new DeleteTarget(reference));
            }
        }
        return [.. present];
    }

    /// <summary>Asks for every permission before the first object goes: half an Argo CD is worse than a whole one.</summary>
    private static async Task RequirePermissionsAsync(Run run, IReadOnlyList<DeleteTarget> targets)
    {
        var deleted = new List<ObjectReference>(targets.Select(t => t.Reference));
        var patched = new List<ObjectReference>();
        foreach (string kind in new[] { "ApplicationSet", "Application", "AppProject" })
        {
            ObjectReference[] items = [.. (await run.ListAsync(kind).ConfigureAwait(false)).Select(ObjectReference.Of)];
            patched.AddRange(items);
            if (run.Options.IncludeApplications && kind != "AppProject")
            {
                deleted.AddRange(items);
            }
        }
        await new PermissionCheck(run.Cluster).RequireDeleteAsync(deleted, patched, run.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the Applications with all that they deployed, except the one of Argo CD itself, which would delete the controller that does it.</summary>
    private static async Task DeleteApplicationsAsync(Run run)
    {
        IReadOnlyList<JsonObject> sets = await run.ListAsync("ApplicationSet").ConfigureAwait(false);
        await run.DeleteAsync([.. sets.Select(s => new DeleteTarget(ObjectReference.Of(s)))]).ConfigureAwait(false);
        IReadOnlyList<JsonObject> all = await run.ListAsync("Application").ConfigureAwait(false);
        JsonObject[] own = [.. all.Where(a => IsOwn(a, run.Options.Namespace))];
        await ReleaseAsync(run, a => own.Any(o => JsonNode.DeepEquals(o["metadata"]!["uid"], a["metadata"]!["uid"]))).ConfigureAwait(false);
        await run.DeleteAsync([.. own.Select(a => new DeleteTarget(ObjectReference.Of(a)))]).ConfigureAwait(false);
        foreach (JsonObject application in all.Except(own))
        {
            await run.AddCascadeAsync(application).ConfigureAwait(false);
        }
        IReadOnlyList<ObjectDeleteResult> deleted = await run.DeleteAsync([.. all.Except(own).Select(a => new DeleteTarget(ObjectReference.Of(a)))]).ConfigureAwait(false);
        ObjectDeleteResult[] stuck = [.. deleted.Where(d => d.Action is DeleteAction.Terminating or DeleteAction.Failed)];
        if (stuck.Length > 0)
        {
            throw new OperationException(
                ClusterErrorIds.DeleteFailed,
                $"{(stuck.Length == 1 ? "1 Application does" : $"{stuck.Length} Applications do")} not end within {run.Options.Timeout.TotalSeconds:0} seconds, so Argo CD was not removed: {string.Join("; ", stuck.Take(5).Select(s => s.Message))}",
                "See in Argo CD what they still delete and run this again, or leave out -IncludeApplications to keep what they deployed.");
        }
    }

    /// <summary>Whether an Application deploys Argo CD itself.</summary>
    private static bool IsOwn(JsonObject application, string ns) =>
        SelfManagement.Of(application) is { IsForOwnCluster: true } self && self.DestinationNamespace == ns && application.At("metadata", "namespace").Text() == ns;

    /// <summary>Takes Argo CD's finalizers from what nobody will finalize.</summary>
    private static async Task ReleaseAsync(Run run, Func<JsonObject, bool> which)
    {
        foreach (string kind in new[] { "ApplicationSet", "Application", "AppProject" })
        {
            foreach (JsonObject item in (await run.ListAsync(kind).ConfigureAwait(false)).Where(which))
            {
                await run.ReleaseAsync(item).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One uninstallation, and what it has done so far.</summary>
    private sealed class Run(TargetCluster cluster, ArgoCDUninstallOptions options, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        private const string Cascade = "resources-finalizer.argocd.argoproj.io";
        private readonly List<ObjectReference> _released = [];
        private readonly List<ObjectDeleteResult> _deleted = [];

        public TargetCluster Cluster => cluster;

        public CancellationToken CancellationToken => cancellationToken;

        public ArgoCDUninstallOptions Options => options;

        public IProgress<OperationProgress>? Progress => progress;

        public IReadOnlyList<ObjectReference> Released => _released;

        public IReadOnlyList<ObjectDeleteResult> Deleted => _deleted;

        public Task<IReadOnlyList<JsonObject>> ListAsync(string kind) => cluster.Reader.ListAsync("argoproj.io", kind, "", "", cancellationToken);

        public async Task<IReadOnlyList<ObjectDeleteResult>> DeleteAsync(IReadOnlyList<DeleteTarget> targets)
        {
            var delete = new DeleteOptions { Timeout = options.Timeout, DryRun = options.DryRun, DefaultNamespace = options.Namespace };
            IProgress<ObjectDeleteResult>? each = ProgressRelay<ObjectDeleteResult>.To(progress, d => new OperationProgress("Removing Argo CD", $"{d.Reference}: {d.Action}"));
            IReadOnlyList<ObjectDeleteResult> results = await cluster.Deleter.DeleteAsync(targets, delete, each, cancellationToken).ConfigureAwait(false);
            _deleted.AddRange(results);
            return results;
        }

        public Task ReleaseAsync(JsonObject item) => ChangeFinalizersAsync(item, finalizers => [.. finalizers.Where(f => !f.Contains("argocd.argoproj.io", StringComparison.Ordinal))], isRelease: true);

        public Task AddCascadeAsync(JsonObject item) => ChangeFinalizersAsync(item, finalizers => finalizers.Any(f => f.StartsWith(Cascade, StringComparison.Ordinal)) ? finalizers : [.. finalizers, Cascade], isRelease: false);

        private async Task ChangeFinalizersAsync(JsonObject item, Func<string[], string[]> change, bool isRelease)
        {
            string[] before = [.. (item.At("metadata", "finalizers") as JsonArray ?? []).Select(f => f.Text())];
            string[] after = change(before);
            ObjectReference reference = ObjectReference.Of(item);
            if (after.Length == before.Length)
            {
                return;
            }
            if (isRelease && !_released.Contains(reference))
            {
                _released.Add(reference);
            }
            if (options.DryRun)
            {
                return;
            }
            await ObjectPatch.MergeAsync(
                cluster, reference, new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. after.Select(f => (JsonNode)f)]) } }, cancellationToken).ConfigureAwait(false);
        }
    }
}
