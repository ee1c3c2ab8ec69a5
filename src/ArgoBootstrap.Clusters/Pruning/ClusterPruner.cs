using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Pruning;

/// <summary>Applies the objects of an apply set and deletes what an earlier apply of it left behind.</summary>
public sealed class ClusterPruner
{
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private readonly ClusterConnection _connection;
    private readonly ClusterDiscovery _discovery;

    /// <summary>Makes a pruner.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="discovery">The types that it serves.</param>
    public ClusterPruner(ClusterConnection connection, ClusterDiscovery discovery)
    {
        _connection = connection;
        _discovery = discovery;
    }

    /// <summary>
    /// Applies objects as members of a set, then deletes members that are not among them. The parent first notes every kind and
    /// namespace of old and new members, so that an interrupted run forgets none.
    /// </summary>
    /// <param name="set">The set. The parent's namespace must be there, or be one that this cluster has.</param>
    /// <param name="objects">All members.</param>
    /// <param name="options">How to apply them.</param>
    /// <param name="prune">How to delete the others.</param>
    /// <param name="progress">Told of each object as it is applied.</param>
    /// <param name="cancellationToken">Stops it between two requests.</param>
    /// <exception cref="OperationException">The set is another tool's (<see cref="ClusterErrorIds.ApplySetInvalid"/>), or the cluster cannot be reached or refuses.</exception>
    public async Task<PruneResult> ApplyAsync(
        ApplySet set, IReadOnlyList<ClusterObject> objects, ApplyOptions options, PruneOptions? prune = null, IProgress<ApplyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        prune ??= new PruneOptions();
        var parent = new ApplySetParent(_connection, _discovery, set);
        ApplySetParent.Scope before = await parent.ReadAsync(cancellationToken).ConfigureAwait(false);
        string defaultNamespace = options.DefaultNamespace.Length > 0 ? options.DefaultNamespace : _connection.DefaultNamespace;
        var wanted = new ApplySetParent.Scope(
            objects.Select(o => GroupKind(o.Reference.Type)).ToHashSet(StringComparer.Ordinal),
            objects.Select(o => o.Reference.Namespace.Length > 0 ? o.Reference.Namespace : defaultNamespace).ToHashSet(StringComparer.Ordinal));
        if (!options.DryRun)
        {
            await parent.WriteAsync(before.Union(wanted), cancellationToken).ConfigureAwait(false);
        }
        var labels = new Dictionary<string, string>(options.Labels) { [ApplySet.MemberLabel] = set.Id };
        ApplyResult applied = await new ClusterApplier(_connection, _discovery).ApplyAsync(objects, options with { Labels = labels }, progress, cancellationToken).ConfigureAwait(false);
        if (!applied.Succeeded)
        {
            // What failed may have been renamed or moved: deleting its predecessor now would leave neither.
            return new PruneResult(applied, [], []);
        }
        List<DeleteTarget> left = await FindLeftAsync(set, before.Union(wanted), applied, cancellationToken).ConfigureAwait(false);
        List<DeleteTarget> kept = [.. left.Where(t => !prune.IncludeFoundations && ApplyOrder.PhaseOf(t.Reference.Type) == ApplyOrder.Foundation)];
        IReadOnlyList<ObjectDeleteResult> pruned = await new ClusterDeleter(_connection, _discovery)
            .DeleteAsync([.. left.Except(kept)], prune.Delete with { DryRun = options.DryRun }, null, cancellationToken).ConfigureAwait(false);
        if (!options.DryRun && kept.Count == 0 && pruned.All(p => p.Action is DeleteAction.Deleted or DeleteAction.NotFound))
        {
            await parent.WriteAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        return new PruneResult(applied, pruned, [.. kept.Select(k => k.Reference)]);
    }

    private async Task<List<DeleteTarget>> FindLeftAsync(ApplySet set, ApplySetParent.Scope scope, ApplyResult applied, CancellationToken cancellationToken)
    {
        var uids = applied.Objects.Select(o => o.Uid).Where(u => u.Length > 0).ToHashSet(StringComparer.Ordinal);
        // In a dry run new objects have no lasting uid: members are told apart by name as well.
        var names = applied.Objects.Select(o => (GroupKind(o.Reference.Type), o.Reference.Namespace, o.Reference.Name)).ToHashSet();
        var left = new List<DeleteTarget>();
        foreach (string groupKind in scope.GroupKinds)
        {
            int dot = groupKind.IndexOf('.', StringComparison.Ordinal);
            (string kind, string group) = dot < 0 ? (groupKind, "") : (groupKind[..dot], groupKind[(dot + 1)..]);
            if (await _discovery.FindPreferredAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } resource)
            {
                continue;
            }
            foreach (string ns in resource.IsNamespaced ? scope.Namespaces.Append(set.Parent.Namespace).Where(n => n.Length > 0).Distinct() : [""])
            {
                ApiRequest list = ApiRequest.Get($"{resource.CollectionPath(ns)}?labelSelector={Uri.EscapeDataString($"{ApplySet.MemberLabel}={set.Id}")}", $"{resource.Plural} of the apply set") with { Accept = MetadataOnly };
                ApiResponse? members = await _connection.FindAsync(list, cancellationToken).ConfigureAwait(false);
                foreach (JsonObject member in (members?.Json["items"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    string uid = member.At("metadata", "uid").Text();
                    var reference = new ObjectReference(resource.Type, member.At("metadata", "name").Text(), member.At("metadata", "namespace").Text());
                    if (!uids.Contains(uid) && !names.Contains((groupKind, reference.Namespace, reference.Name)))
                    {
                        left.Add(new DeleteTarget(reference, uid));
                    }
                }
            }
        }
        return left;
    }

    private static string GroupKind(GroupVersionKind type) => type.Group.Length > 0 ? $"{type.Kind}.{type.Group}" : type.Kind;
}
