using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Prerequisites;

/// <summary>Checks whether a cluster has what a bootstrap needs. Changes nothing.</summary>
public static class ClusterPrerequisites
{
    /// <summary>The oldest Kubernetes that Argo CD's chart accepts.</summary>
    public const string OldestKubernetes = "v1.25.0";

    /// <summary>Runs all checks. When the server cannot be used at all, that is the only failure and the others are skipped.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="request">What it is to get.</param>
    /// <param name="progress">Told of each check.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One result per thing that was checked, or per thing that is missing. Nothing that is wrong with the cluster is an exception.</returns>
    public static async Task<IReadOnlyList<PrerequisiteResult>> TestAsync(TargetCluster cluster, PrerequisiteRequest request, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var results = new List<PrerequisiteResult>();
        (string Name, Func<Task<IReadOnlyList<PrerequisiteResult>>> Run)[] checks =
        [
            ("Version", () => ServerAsync(cluster, cancellationToken)),
            ("Permission", () => new PermissionCheck(cluster).RunAsync(request, cancellationToken)),
            ("Installation", () => InstallationAsync(cluster, request, cancellationToken)),
            ("Namespace", () => NamespacesAsync(cluster, request, cancellationToken)),
            ("Application", () => ApplicationsAsync(cluster, request, cancellationToken)),
            ("StorageClass", () => ClassCheck.RunAsync(cluster, request, cancellationToken)),
            ("ApiVersion", () => ApiVersionsAsync(cluster, request, cancellationToken)),
            ("Admission", () => AdmissionAsync(cluster, request, FailedNamespaces(results), cancellationToken)),
        ];
        bool isUsable = true;
        foreach ((string name, Func<Task<IReadOnlyList<PrerequisiteResult>>> run) in checks)
        {
            bool isPointless = name == "Admission" && results.Any(r => r is { Name: "Permission", Status: PrerequisiteStatus.Failed });
            if (!isUsable || isPointless)
            {
                results.Add(new PrerequisiteResult(name, PrerequisiteStatus.Skipped, isUsable ? "Not checked: permissions are missing." : "Not checked: the server cannot be used."));
                continue;
            }
            progress?.Report(new OperationProgress("Checking the cluster", name, results.Count, checks.Length));
            try
            {
                results.AddRange(await run().ConfigureAwait(false));
            }
            catch (OperationException e)
            {
                bool isServer = name == "Version";
                isUsable = !isServer && e.Id is not (ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.AuthenticationFailed or ClusterErrorIds.TlsFailed);
                // Who may not look is told by the missing permissions already.
                PrerequisiteStatus status = e.Id == ClusterErrorIds.Forbidden && !isServer ? PrerequisiteStatus.Warning : PrerequisiteStatus.Failed;
                results.Add(new PrerequisiteResult(isUsable ? name : "Reachability", status, e.Message, e.Remedy) { ErrorId = e.Id, Target = cluster.Connection.Server });
            }
        }
        return results;
    }

    private static async Task<IReadOnlyList<PrerequisiteResult>> ServerAsync(TargetCluster cluster, CancellationToken cancellationToken)
    {
        JsonObject answer = (await cluster.Connection.SendAsync(ApiRequest.Get("/version", "version"), cancellationToken).ConfigureAwait(false)).Json;
        string version = answer["gitVersion"].Text();
        var reached = new PrerequisiteResult("Reachability", PrerequisiteStatus.Passed, $"{cluster.Connection.Server} answers (context '{cluster.Connection.Context}').") { Target = cluster.Connection.Server };
        PrerequisiteResult judged = ReleaseVersion.TryParse(version) is not { } parsed
            ? new PrerequisiteResult("Version", PrerequisiteStatus.Warning, $"The server's version '{version}' cannot be read.", $"Make sure that it is at least {OldestKubernetes}.")
            : parsed.CompareTo(ReleaseVersion.TryParse(OldestKubernetes)) < 0
                ? new PrerequisiteResult("Version", PrerequisiteStatus.Failed, $"Kubernetes {version} is older than {OldestKubernetes}.", "Upgrade the cluster.")
                : new PrerequisiteResult("Version", PrerequisiteStatus.Passed, $"Kubernetes {version}.");
        return [reached, judged with { Target = version }];
    }

    private static async Task<IReadOnlyList<PrerequisiteResult>> InstallationAsync(TargetCluster cluster, PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<ArgoCDInstallation> found = await ArgoCDDetector.FindAsync(cluster, request.Namespace, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return [new PrerequisiteResult("Installation", PrerequisiteStatus.Passed, "There is no Argo CD yet.")];
        }
        return [.. found.Select(f => f.Namespace == request.Namespace
            ? new PrerequisiteResult("Installation", PrerequisiteStatus.Passed, $"{f} is there and will be brought to the state that is asked for.") { Target = f.Namespace }
            : new PrerequisiteResult(
                "Installation",
                request.Force || !request.InstallsArgoCD ? PrerequisiteStatus.Warning : PrerequisiteStatus.Failed,
                $"{f} is on this cluster already; a second one would share its CRDs and ClusterRoles.",
                $"Use namespace {f.Namespace}, uninstall the other one, or insist with -Force.") { Target = f.Namespace, ErrorId = ErrorIds.InstallationExists })];
    }

    private static async Task<IReadOnlyList<PrerequisiteResult>> NamespacesAsync(TargetCluster cluster, PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        var results = new List<PrerequisiteResult>();
        // Who applies nothing needs no namespace for it.
        string[] own = request.InstallsArgoCD || request.Objects.Count > 0 ? [request.Namespace] : [];
        IEnumerable<string> names = request.Objects.Select(o => o.Reference.Namespace).Concat(own).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal);
        string[] made = [.. request.Objects.Where(o => ApplyOrder.IsNamespace(o.Reference.Type)).Select(o => o.Reference.Name), .. request.InstallsArgoCD ? [request.Namespace] : Array.Empty<string>()];
        foreach (string name in names)
        {
            JsonObject? live = await cluster.Reader.FindAsync("", "Namespace", name, "", cancellationToken).ConfigureAwait(false);
            if (live.At("metadata", "deletionTimestamp") is not null)
            {
                results.Add(new PrerequisiteResult("Namespace", PrerequisiteStatus.Failed, $"The namespace {name} is being deleted: {TerminationReport.OfNamespace(live!)}.", "Wait until it is gone; when it does not go, see which objects in it keep finalizers.") { Target = name });
            }
            else if (live is null && !made.Contains(name))
            {
                results.Add(new PrerequisiteResult("Namespace", PrerequisiteStatus.Failed, $"Objects of the overlay are in namespace {name}, which is not there and not part of the overlay.", "Create it, or add a Namespace to the overlay.") { Target = name });
            }
        }
        return results.Count > 0 ? results : [new PrerequisiteResult("Namespace", PrerequisiteStatus.Passed, "No namespace stands in the way.")];
    }

    /// <summary>Applications that are being deleted. One that is applied is refused with what the server would not take; the others may take away what the overlay brings.</summary>
    private static async Task<IReadOnlyList<PrerequisiteResult>> ApplicationsAsync(TargetCluster cluster, PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> live = await cluster.Reader.ListAsync("argoproj.io", "Application", request.Namespace, "", cancellationToken).ConfigureAwait(false);
        string[] applied = [.. request.Objects.Where(o => SelfManagement.IsApplication(o.Reference) && (o.Reference.Namespace.Length == 0 || o.Reference.Namespace == request.Namespace)).Select(o => o.Reference.Name)];
        return
        [
            .. live.Where(a => a.At("metadata", "deletionTimestamp") is not null && !applied.Contains(a.At("metadata", "name").Text())).Select(a => new PrerequisiteResult(
                "Application", PrerequisiteStatus.Warning, $"{ObjectReference.Of(a)} is being deleted, with what it deployed where its finalizers say so: {string.Join(", ", TerminationReport.Finalizers(a))}.", "Make sure that it is meant to go.")
            {
                Target = ObjectReference.Of(a).ToString(), ErrorId = ClusterErrorIds.BeingDeleted,
            }),
        ];
    }

    private static async Task<IReadOnlyList<PrerequisiteResult>> ApiVersionsAsync(TargetCluster cluster, PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        var results = new List<PrerequisiteResult>();
        foreach (GroupVersionKind type in request.Objects.Select(o => o.Reference.Type).Distinct())
        {
            if (await cluster.Discovery.FindAsync(type, cancellationToken).ConfigureAwait(false) is null && !IsBrought(type, request))
            {
                results.Add(new PrerequisiteResult("ApiVersion", PrerequisiteStatus.Failed, $"The server does not serve {type.Kind} of {type.ApiVersion}.", "Install what brings this kind, change its apiVersion, or take the component that uses it out of the overlay.")
                {
                    Target = $"{type.ApiVersion} {type.Kind}", ErrorId = ClusterErrorIds.KindUnknown,
                });
            }
        }
        return results.Count > 0 ? results : [new PrerequisiteResult("ApiVersion", PrerequisiteStatus.Passed, "The server serves every kind that is used, or gets it on the way.")];
    }

    private static bool IsBrought(GroupVersionKind type, PrerequisiteRequest request) =>
        (request.InstallsArgoCD && type.Group == "argoproj.io")
        || request.Objects.Any(o => ApplyOrder.IsDefinition(o.Reference.Type) && DefinitionWaiter.TypesOf(o).Contains(type));

    /// <summary>Namespaces that are missing or ending: that everything in them would be refused for it need not be told once for each object.</summary>
    private static HashSet<string> FailedNamespaces(IEnumerable<PrerequisiteResult> results) =>
        results.Where(r => r is { Name: "Namespace", Status: PrerequisiteStatus.Failed }).Select(r => r.Target).ToHashSet(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<PrerequisiteResult>> AdmissionAsync(TargetCluster cluster, PrerequisiteRequest request, HashSet<string> without, CancellationToken cancellationToken)
    {
        var checkable = new List<ClusterObject>();
        foreach (ClusterObject item in request.Objects)
        {
            bool isTold = without.Contains(ApplyOrder.IsNamespace(item.Reference.Type) ? item.Reference.Name : item.Reference.Namespace);
            if (!isTold && await cluster.Discovery.FindAsync(item.Reference.Type, cancellationToken).ConfigureAwait(false) is not null)
            {
                checkable.Add(item);
            }
        }
        // A namespace that is made on the way has to be known as such, or everything in it would be refused.
        if (request.InstallsArgoCD && !without.Contains(request.Namespace) && !checkable.Any(o => ApplyOrder.IsNamespace(o.Reference.Type) && o.Reference.Name == request.Namespace))
        {
            checkable.Add(ArgoCDInstaller.NamespaceObject(request.Namespace));
        }
        if (checkable.Count == 0 && without.Count > 0)
        {
            return [new PrerequisiteResult("Admission", PrerequisiteStatus.Skipped, "Not checked: no object can be judged before its namespace is there.")];
        }
        var options = new ApplyOptions { DryRun = true, Force = request.Force, DefaultNamespace = request.Namespace, AdoptFrom = ProvidedObjects.AdoptFrom(request.Adopt), Overrule = FieldManagers.BeforeInstall };
        ApplyResult result = await cluster.Applier.ApplyAsync(checkable, options, null, cancellationToken).ConfigureAwait(false);
        var results = new List<PrerequisiteResult>();
        foreach (ObjectApplyResult item in result.Objects.Where(o => o.Action == ApplyAction.Failed))
        {
            // What Argo CD has from an older commit of the overlay gives way when the overlay is applied.
            if (!OverlayApplier.IsArgoCDs(item))
            {
                results.Add(new PrerequisiteResult("Admission", PrerequisiteStatus.Failed, item.Message, item.Remedy) { Target = item.Reference.ToString(), ErrorId = item.ErrorId });
            }
        }
        IEnumerable<PrerequisiteResult> removals = result.Objects.Where(o => o.RemovedFields.Count > 0).Select(o => new PrerequisiteResult(
            "Adoption", PrerequisiteStatus.Warning, $"-Adopt removes from {o.Reference}: {string.Join(", ", o.RemovedFields)}.", "Put into the overlay what is to stay.") { Target = o.Reference.ToString() });
        return results.Count > 0 ? [.. results, .. removals] : [.. removals, new PrerequisiteResult("Admission", PrerequisiteStatus.Passed, $"The server would accept the {checkable.Count} objects that it can judge already.")];
    }
}
