namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Which subjects of RoleBindings and ClusterRoleBindings a namespace transformer moves (kustomize: <c>setRoleBindingSubjects</c>).</summary>
internal enum RoleBindingSubjects
{
    /// <summary>Subjects with the name <c>default</c>.</summary>
    DefaultOnly,

    /// <summary>Every ServiceAccount.</summary>
    AllServiceAccounts,

    /// <summary>None.</summary>
    None,
}
