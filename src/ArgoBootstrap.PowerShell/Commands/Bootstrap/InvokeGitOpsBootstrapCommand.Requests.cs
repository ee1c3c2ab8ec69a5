using System.Text;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <content>Makes a request of the parameters.</content>
public sealed partial class InvokeGitOpsBootstrapCommand
{
    private BootstrapRequest Request(GitOpsRepository repository, ClusterOverlay overlay)
    {
        RequireFitting();
        return new BootstrapRequest
        {
            RepositoryPath = repository.Root,
            Environment = overlay.Environment,
            Cluster = overlay.Cluster,
            Method = Method ?? (ManifestPath is not null ? ArgoCDInstallMethod.Manifest : ChartPath is not null ? ArgoCDInstallMethod.Helm : null),
            Manifest = ManifestPath is null ? null : ManifestSource.FromFile(SessionPaths.ResolveLiteral(SessionState, ManifestPath)),
            ChartPath = ChartPath is null ? "" : SessionPaths.ResolveLiteral(SessionState, ChartPath),
            Repositories = Repositories(repository),
            Registration = RegisterCluster ? Registration(overlay) : null,
            Flux = Flux(),
            Fleet = Fleet(),
            SkipArgoCD = SkipArgoCD,
            SkipValidation = SkipValidation,
            Adopt = Adopt,
            Force = Force,
            Wait = Wait,
            Timeout = Timeout,
            AuditParameters = AuditedChange.ParametersOf(MyInvocation),
            StopMessage = static () => TerminationGuard.StopMessage,
        };
    }

    /// <summary>Refuses what would be passed over in silence.</summary>
    private void RequireFitting()
    {
        if (ManifestPath is not null && (ChartPath is not null || Method == ArgoCDInstallMethod.Helm))
        {
            throw Unfitting("-ManifestPath is for -Method Manifest, not for a chart.", "Give either a manifest or a chart.");
        }

        if (ChartPath is not null && Method == ArgoCDInstallMethod.Manifest)
        {
            throw Unfitting("-ChartPath is for -Method Helm, not for a manifest.", "Give either a manifest or a chart.");
        }

        if (!RegisterCluster && (ClusterLabel is not null || ClusterAnnotation is not null))
        {
            throw Unfitting("-ClusterLabel and -ClusterAnnotation are those of the registration, which is not asked for.", "Add -RegisterCluster.");
        }
    }

    private RepositoryCredential[] Repositories(GitOpsRepository repository)
    {
        if (RepositoryCredential is null)
        {
            return [];
        }

        string password = RepositoryCredential.GetNetworkCredential().Password;
        Masker.Add(password);
        string? url = repository.Settings.RepositoryUrl;
        return string.IsNullOrEmpty(url)
            ? throw Unfitting("The repository's settings name no repoURL that -RepositoryCredential could be for.", "Add spec.repoURL to the settings file, or leave -RepositoryCredential out and use Register-ArgoRepository.")
            : [new RepositoryCredential { Url = url, Kind = url.StartsWith("oci://", StringComparison.OrdinalIgnoreCase) ? RepositoryKind.Oci : RepositoryKind.Https, Username = RepositoryCredential.UserName, Password = Encoding.UTF8.GetBytes(password) }];
    }

    private ClusterRegistrationRequest Registration(ClusterOverlay overlay) => new()
    {
        Name = overlay.Cluster ?? overlay.Environment,
        Labels = StringMap.From(ClusterLabel, nameof(ClusterLabel)),
        Annotations = StringMap.From(ClusterAnnotation, nameof(ClusterAnnotation)),
    };

    private static OperationException Unfitting(string message, string remedy) => new(ErrorIds.InvalidRequest, message, remedy);
}
