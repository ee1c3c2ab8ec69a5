using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Installers.Flux;

/// <summary>
/// The cluster-wide roles and bindings of Flux, told apart by whom they serve: every Flux gives them the same label, and a
/// namespace they have none.
/// </summary>
internal sealed class FluxRoles
{
    private const string Group = "rbac.authorization.k8s.io";
    private readonly List<JsonObject> _own = [];
    private readonly List<KeptObject> _kept = [];
    private readonly List<(ObjectReference Binding, JsonArray Subjects)> _shared = [];

    private FluxRoles()
    {
    }

    /// <summary>What serves the Flux of the namespace and nobody else.</summary>
    public IReadOnlyList<JsonObject> Own => _own;

    /// <summary>What stays, with the reason.</summary>
    public IReadOnlyList<KeptObject> Kept => _kept;

    /// <summary>The bindings that stay, but lose the accounts of the namespace.</summary>
    public IEnumerable<ObjectReference> Shared => _shared.Select(s => s.Binding);

    /// <summary>Reads them.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Where the Flux runs.</param>
    /// <param name="others">Where others run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<FluxRoles> ReadAsync(TargetCluster cluster, string ns, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        var roles = new FluxRoles();
        IReadOnlyList<JsonObject> bindings = await cluster.Reader.ListAsync(Group, "ClusterRoleBinding", "", "", cancellationToken).ConfigureAwait(false);
        foreach (JsonObject binding in bindings.Where(b => b.At("metadata", "labels", "app.kubernetes.io/part-of").Text() == "flux"))
        {
            roles.AddBinding(binding, ns, others);
        }
        IReadOnlyList<JsonObject> candidates = await cluster.Reader.ListAsync(Group, "ClusterRole", "", FluxInstaller.PartOf, cancellationToken).ConfigureAwait(false);
        if (candidates.Count > 0)
        {
            JsonObject[] staying = [.. bindings.Except(roles._own), .. await cluster.Reader.ListAsync(Group, "RoleBinding", "", "", cancellationToken).ConfigureAwait(false)];
            foreach (JsonObject role in candidates)
            {
                roles.AddRole(role, ns, others, staying);
            }
        }
        return roles;
    }

    /// <summary>Takes the accounts of the namespace out of bindings that stay: whoever may make accounts there would get their rights.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RemoveSubjectsAsync(TargetCluster cluster, CancellationToken cancellationToken)
    {
        foreach ((ObjectReference binding, JsonArray subjects) in _shared)
        {
            await ObjectPatch.MergeAsync(cluster, binding, new JsonObject { ["subjects"] = subjects.DeepClone() }, cancellationToken).ConfigureAwait(false);
        }
    }

    private void AddBinding(JsonObject binding, string ns, IReadOnlyList<string> others)
    {
        JsonObject[] subjects = [.. (binding["subjects"] as JsonArray ?? []).OfType<JsonObject>()];
        JsonObject[] strangers = [.. subjects.Where(s => s["kind"].Text() != "ServiceAccount" || s["namespace"].Text() != ns)];
        if (strangers.Length == 0 && (subjects.Length > 0 || IsOwn(binding, ns, others)))
        {
            _own.Add(binding);
            return;
        }
        ObjectReference reference = ObjectReference.Of(binding);
        if (strangers.Length < subjects.Length)
        {
            _shared.Add((reference, new JsonArray([.. strangers.Select(s => s.DeepClone())])));
        }
        string whom = string.Join(", ", strangers.Select(s => s["namespace"].Text() is { Length: > 0 } where ? "namespace " + where : $"{s["kind"].Text()} {s["name"].Text()}").Distinct(StringComparer.Ordinal));
        _kept.Add(new KeptObject(
            reference,
            whom.Length == 0 ? "it binds nobody, and another Flux may have it"
            : strangers.Length < subjects.Length ? $"it binds {whom} too; only the accounts of namespace {ns} are taken out"
            : $"it binds {whom}"));
    }

    private void AddRole(JsonObject role, string ns, IReadOnlyList<string> others, IEnumerable<JsonObject> staying)
    {
        string name = role.At("metadata", "name").Text();
        string[] users = [.. staying.Where(b => b.At("roleRef", "kind").Text() == "ClusterRole" && b.At("roleRef", "name").Text() == name).Select(b => ObjectReference.Of(b).ToString())];
        if (users.Length == 0 && IsOwn(role, ns, others))
        {
            _own.Add(role);
            return;
        }
        _kept.Add(new KeptObject(
            ObjectReference.Of(role),
            users.Length > 0 ? $"{string.Join(", ", users.Take(3))}{(users.Length > 3 ? $" and {users.Length - 3} more" : "")} still refer{(users.Length == 1 ? "s" : "")} to it" : $"it belongs to the Flux in {Owner(role, others)}"));
    }

    /// <summary>By the label with which <c>flux install</c> and the releases name the instance after its namespace; without it, whether there is nobody else.</summary>
    private static bool IsOwn(JsonObject item, string ns, IReadOnlyList<string> others) =>
        others.Count == 0 || item.At("metadata", "labels", FluxInstaller.Instance).Text() == ns;

    private static string Owner(JsonObject item, IReadOnlyList<string> others) =>
        item.At("metadata", "labels", FluxInstaller.Instance).Text() is { Length: > 0 } instance ? instance : string.Join(", ", others);
}
