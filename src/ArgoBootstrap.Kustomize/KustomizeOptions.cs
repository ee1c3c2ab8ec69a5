using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize;

/// <summary>How overlays are built: the flags of <c>kustomize build</c>, and bounds.</summary>
public sealed record KustomizeOptions
{
    /// <summary>Which files a kustomization may read (<c>--load-restrictor</c>).</summary>
    public LoadRestriction LoadRestriction { get; init; }

    /// <summary>In what order objects are printed where the kustomization does not say (<c>--reorder</c>).</summary>
    public Reorder Reorder { get; init; }

    /// <summary>Whether every object gets the label <c>app.kubernetes.io/managed-by</c> (<c>--enable-managedby-label</c>), as with <c>buildMetadata: [managedByLabel]</c>.</summary>
    public bool EnableManagedByLabel { get; init; }

    /// <summary>Whether <c>helmCharts</c> may run helm (<c>--enable-helm</c>).</summary>
    public bool EnableHelm { get; init; }

    /// <summary>The helm binary (<c>--helm-command</c>): a name looked up in the PATH, or a path.</summary>
    public string HelmCommand { get; init; } = "helm";

    /// <summary>What charts that name no <c>apiVersions</c> find in <c>.Capabilities.APIVersions</c> (<c>--helm-api-versions</c>).</summary>
    public ValueList<string> HelmApiVersions { get; init; } = ValueList<string>.Empty;

    /// <summary>The version of Kubernetes that charts without a <c>kubeVersion</c> are rendered for (<c>--helm-kube-version</c>); empty for helm's own.</summary>
    public string HelmKubeVersion { get; init; } = "";

    /// <summary>Whether helm renders every chart with its debug output (<c>--helm-debug</c>).</summary>
    public bool HelmDebug { get; init; }

    /// <summary>How remote bases and files are fetched and kept.</summary>
    public RemoteOptions Remote { get; init; } = new();

    /// <summary>Bounds on what is read.</summary>
    public YamlLimits Limits { get; init; } = YamlLimits.Default;

    /// <summary>The files.</summary>
    public IFileSystem Files { get; init; } = PhysicalFileSystem.Instance;

    /// <summary>Most bytes of files that are kept parsed between builds. 256 MiB unless said otherwise.</summary>
    public long MaximumCachedBytes { get; init; } = 256L << 20;
}
