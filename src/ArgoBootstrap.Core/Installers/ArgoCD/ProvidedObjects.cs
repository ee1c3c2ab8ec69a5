using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>
/// Keeps an installation and the overlay that is applied after it from changing the same objects back and forth: what the
/// overlay brings is never applied in the installation's version.
/// </summary>
internal sealed class ProvidedObjects
{
    // What argocd-server and the controllers read when they start: without them they do not.
    private static readonly string[] StartMaps = ["argocd-cm", "argocd-cmd-params-cm", "argocd-rbac-cm"];

    private readonly string _namespace;
    private readonly Dictionary<(string Group, string Kind, string Namespace, string Name), ClusterObject> _provided = [];

    public ProvidedObjects(IReadOnlyList<ClusterObject> provided, string ns)
    {
        _namespace = ns;
        foreach (ClusterObject item in provided)
        {
            _provided.TryAdd(KeyOf(item.Reference), item);
        }
    }

    /// <summary>Of what is provided, what has to be there before Argo CD's pods start: its Namespace, the ConfigMaps that they read, and everything of the manifest that runs nothing itself.</summary>
    /// <param name="manifest">The manifest's objects; none for a chart.</param>
    public IReadOnlyList<ClusterObject> BeforeInstall(IReadOnlyList<ClusterObject> manifest)
    {
        var named = manifest.Where(o => !ApplyOrder.RunsOrFollows(o.Reference.Type)).Select(o => KeyOf(o.Reference)).ToHashSet();
        return [.. _provided.Where(p => IsNamespace(p.Value.Reference) || IsStartMap(p.Value.Reference) || named.Contains(p.Key)).Select(p => p.Value)];
    }

    /// <summary>The manifest's objects that nobody provides.</summary>
    public IReadOnlyList<ClusterObject> LeaveOut(IReadOnlyList<ClusterObject> manifest) => [.. manifest.Where(o => !Has(o.Reference))];

    /// <summary>Whether an object is provided.</summary>
    public bool Has(ObjectReference reference) => _provided.ContainsKey(KeyOf(reference));

    /// <summary>Whose fields become the overlay's: those of our own installation that was there before; where that is asked for, those of other installers and of Argo CD's syncs.</summary>
    public static IReadOnlyList<string> AdoptFrom(bool adopt) => adopt ? [.. FieldManagers.Installers, GitOpsBootstrapper.ArgoCDManager, .. FieldManagers.BeforeOverlay] : FieldManagers.BeforeOverlay;

    /// <summary>Applies what is provided, as the overlay later does: then it finds everything as it should be.</summary>
    public static Task<ApplyResult> ApplyAsync(TargetCluster cluster, IReadOnlyList<ClusterObject> objects, ArgoCDInstallOptions options, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var apply = new ApplyOptions
        {
            DefaultNamespace = options.Namespace, Force = options.Force, DryRun = options.DryRun, Parallelism = options.Parallelism, AdoptFrom = AdoptFrom(options.Adopt),
            Overrule = FieldManagers.BeforeInstall,
        };
        return OverlayApplier.ApplyAsync(cluster, objects, apply, ArgoCDInstaller.ApplyProgressOf(progress), cancellationToken);
    }

    private bool IsNamespace(ObjectReference reference) => ApplyOrder.IsNamespace(reference.Type) && reference.Name == _namespace;

    private bool IsStartMap(ObjectReference reference) =>
        reference.Type is { Group: "", Kind: "ConfigMap" } && StartMaps.Contains(reference.Name) && KeyOf(reference).Namespace == _namespace;

    // Whichever of the two names no namespace means the same one; for kinds without namespaces it makes no difference.
    private (string Group, string Kind, string Namespace, string Name) KeyOf(ObjectReference reference) =>
        (reference.Type.Group, reference.Type.Kind, reference.Namespace.Length > 0 ? reference.Namespace : _namespace, reference.Name);
}
