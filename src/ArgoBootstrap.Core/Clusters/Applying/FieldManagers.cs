namespace ArgoBootstrap.Core.Clusters.Applying;

/// <summary>Names under which tools own fields (<c>metadata.managedFields</c>).</summary>
public static class FieldManagers
{
    /// <summary>What everything is applied as.</summary>
    public const string Own = "argobootstrap";

    /// <summary>What the parent of an apply set is applied as.</summary>
    public const string ApplySet = "argobootstrap-applyset";

    /// <summary>What <c>kubectl apply</c> owns fields as, without <c>--server-side</c>.</summary>
    public const string KubectlClientSideApply = "kubectl-client-side-apply";

    /// <summary>Client-side apply: its fields are always adopted, since otherwise removals from Git would never take effect (as kubectl does when one changes to server-side apply).</summary>
    public static IReadOnlyList<string> ClientSide { get; } = [KubectlClientSideApply];

    /// <summary>The ways in which Argo CD is installed by hand: kubectl in each of its forms, Helm 3 and 4, and argocd-autopilot. Adopted when an installation is taken over.</summary>
    public static IReadOnlyList<string> Installers { get; } =
        [KubectlClientSideApply, "kubectl", "kubectl-create", "kubectl-replace", "kubectl-edit", "kubectl-patch", "helm", "argocd-autopilot"];
}
