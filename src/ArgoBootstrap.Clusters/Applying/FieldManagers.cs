namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Names under which tools own fields (<c>metadata.managedFields</c>).</summary>
public static class FieldManagers
{
    /// <summary>What overlays are applied as, and everything else that no installer brings.</summary>
    public const string Own = "argobootstrap";

    /// <summary>
    /// What installers (Argo CD's manifest, Flux, namespaces of charts) are applied as. Theirs is another name than the overlays',
    /// so that an installation never takes away what an overlay has set on the same object: it says nothing of those fields, and
    /// what one manager says nothing of stays the other's.
    /// </summary>
    public const string Install = "argobootstrap-install";

    /// <summary>What the parent of an apply set is applied as.</summary>
    public const string ApplySet = "argobootstrap-applyset";

    /// <summary>What <c>kubectl apply</c> owns fields as, without <c>--server-side</c>.</summary>
    public const string KubectlClientSideApply = "kubectl-client-side-apply";

    /// <summary>
    /// What people change a cluster with by hand: kubectl in each of its forms (<c>kubectl-edit</c>, <c>kubectl-patch</c>,
    /// <c>kubectl-set</c>, <c>kubectl-annotate</c>...). A name that ends with <c>*</c> stands for all that begin so.
    /// </summary>
    public static IReadOnlyList<string> ByHand { get; } = ["kubectl", "kubectl-*"];

    /// <summary>What a plain apply overrules: what was applied from files before, as kubectl does when one changes to server-side apply.</summary>
    public static IReadOnlyList<string> ClientSide { get; } = [KubectlClientSideApply];

    /// <summary>What an overlay always adopts: what an installation of ours brought before the overlay did. The overlay's version is the one that counts.</summary>
    public static IReadOnlyList<string> BeforeOverlay { get; } = [Install];

    /// <summary>
    /// Tools that install whole objects from files or charts: kubectl's apply in both forms and its create, Helm 3 and 4, and
    /// argocd-autopilot. Adopted when somebody asks for it. What people change by hand is never theirs (<see cref="ByHand"/>).
    /// </summary>
    public static IReadOnlyList<string> Installers { get; } = [KubectlClientSideApply, "kubectl", "kubectl-create", "helm", "argocd-autopilot"];

    /// <summary>What an installation overrules where it names another value: what was set by hand, and argocd-autopilot.</summary>
    internal static IReadOnlyList<string> BeforeInstall { get; } = [.. ByHand, "argocd-autopilot"];

    /// <summary>Whether a list of managers has a name.</summary>
    internal static bool Includes(IReadOnlyList<string> managers, string name) =>
        managers.Any(m => m.EndsWith('*') ? name.StartsWith(m[..^1], StringComparison.Ordinal) : m == name);
}
