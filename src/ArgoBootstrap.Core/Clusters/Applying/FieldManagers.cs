namespace ArgoBootstrap.Core.Clusters.Applying;

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

    /// <summary>Client-side apply: its fields are always adopted, since otherwise removals from Git would never take effect (as kubectl does when one changes to server-side apply).</summary>
    public static IReadOnlyList<string> ClientSide { get; } = [KubectlClientSideApply];

    /// <summary>What an overlay adopts: client-side apply, and what an installation of ours brought before the overlay did. The overlay's version is the one that counts.</summary>
    public static IReadOnlyList<string> BeforeOverlay { get; } = [KubectlClientSideApply, Install];

    /// <summary>The ways in which Argo CD is installed by hand: kubectl in each of its forms, Helm 3 and 4, and argocd-autopilot. Adopted when an installation is taken over.</summary>
    public static IReadOnlyList<string> Installers { get; } =
        [KubectlClientSideApply, "kubectl", "kubectl-create", "kubectl-replace", "kubectl-edit", "kubectl-patch", "helm", "argocd-autopilot"];
}
