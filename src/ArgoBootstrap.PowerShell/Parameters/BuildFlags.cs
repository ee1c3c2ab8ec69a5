using System.Management.Automation;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Reads <see cref="IBuildFlags"/>.</summary>
internal static class BuildFlags
{
    /// <summary>How overlays are built, as the parameters ask for it.</summary>
    /// <param name="flags">The parameters.</param>
    /// <param name="session">The session, whose location paths start from.</param>
    /// <exception cref="OperationException">The helm binary is a path that is none of the file system.</exception>
    public static KustomizeOptions ToOptions(this IBuildFlags flags, SessionState session) => new()
    {
        LoadRestriction = flags.LoadRestrictor,
        Reorder = flags.Reorder,
        EnableManagedByLabel = flags.EnableManagedByLabel,
        EnableHelm = flags.EnableHelm,
        HelmCommand = HelmProgram.Resolve(session, flags.HelmCommand),
        HelmApiVersions = new ValueList<string>(flags.HelmApiVersion),
        HelmKubeVersion = flags.HelmKubeVersion ?? "",
        HelmDebug = flags.HelmDebug,
        Remote = new RemoteOptions { CachePolicy = flags.RemoteCachePolicy },
    };
}
