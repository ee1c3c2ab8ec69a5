using System.Management.Automation;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>
/// The parameters that every cmdlet has that renders overlays: what <c>kustomize build</c> has flags for, but for those about
/// executables and containers, which are refused, and how remote files are kept.
/// </summary>
internal interface IBuildFlags
{
    /// <summary><c>--load-restrictor</c></summary>
    LoadRestriction LoadRestrictor { get; }

    /// <summary><c>--reorder</c></summary>
    Reorder Reorder { get; }

    /// <summary><c>--enable-managedby-label</c></summary>
    SwitchParameter EnableManagedByLabel { get; }

    /// <summary><c>--enable-helm</c></summary>
    SwitchParameter EnableHelm { get; }

    /// <summary><c>--helm-command</c></summary>
    string HelmCommand { get; }

    /// <summary><c>--helm-api-versions</c></summary>
    string[] HelmApiVersion { get; }

    /// <summary><c>--helm-kube-version</c></summary>
    string? HelmKubeVersion { get; }

    /// <summary><c>--helm-debug</c></summary>
    SwitchParameter HelmDebug { get; }

    /// <summary>When remote bases and files of an earlier build are good enough.</summary>
    RemoteCachePolicy RemoteCachePolicy { get; }
}
