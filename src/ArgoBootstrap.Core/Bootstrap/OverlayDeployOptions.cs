using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Installers.ArgoCD;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>How an overlay is deployed.</summary>
public sealed record OverlayDeployOptions
{
    /// <summary>Applies the overlay although validation found errors. One that cannot be rendered is refused all the same.</summary>
    public bool SkipValidation { get; init; }

    /// <summary>Asks the server what would change, field by field, and changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Takes over fields that others own, instead of failing.</summary>
    public bool Force { get; init; }

    /// <summary>Waits until what was applied is ready, the kinds of definitions included.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Whether Argo CD Applications are waited for too.</summary>
    public bool WaitForApplications { get; init; } = true;

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Namespace of objects that name none; empty for the context's.</summary>
    public string DefaultNamespace { get; init; } = "";

    /// <summary>Field managers whose fields become ours before applying; see <see cref="FieldManagers"/>.</summary>
    public IReadOnlyList<string> AdoptFrom { get; init; } = FieldManagers.BeforeOverlay;

    /// <summary>Field managers whose values give way where the overlay names another one; see <see cref="ApplyOptions.Overrule"/>.</summary>
    public IReadOnlyList<string> Overrule { get; init; } = FieldManagers.ClientSide;

    /// <summary>The field managers that are adopted from.</summary>
    /// <param name="adopt">Whether what other tools applied is taken over.</param>
    public static IReadOnlyList<string> AdoptFromFor(bool adopt) => ProvidedObjects.AdoptFrom(adopt);

    /// <summary>How many objects are applied at once.</summary>
    public int Parallelism { get; init; } = 8;
}
