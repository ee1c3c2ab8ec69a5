using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.Core.Registration;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>The steps of a bootstrap that change the cluster. Each brings about a state, so each can be run again.</summary>
internal sealed class BootstrapSteps(BootstrapRequest request, BootstrapServices services, TargetCluster cluster, BootstrapInputs inputs, IProgress<OperationProgress>? progress)
{
    public ArgoCDInstallResult? Installation { get; private set; }

    public OverlayDeployment? Deployment { get; private set; }

    public IEnumerable<(BootstrapStepName Name, Func<CancellationToken, Task<StepOutcome?>> Run)> All =>
    [
        (BootstrapStepName.Flux, FluxAsync),
        (BootstrapStepName.Fleet, FleetAsync),
        (BootstrapStepName.Install, InstallAsync),
        (BootstrapStepName.RepositoryCredentials, RepositoriesAsync),
        (BootstrapStepName.Overlay, OverlayAsync),
        (BootstrapStepName.Registration, RegistrationAsync),
        (BootstrapStepName.WaitForApplication, WaitAsync),
    ];

    private static readonly StepOutcome NoArgoCD = StepOutcome.Skipped("Argo CD is not asked for.");

    private async Task<StepOutcome?> FluxAsync(CancellationToken cancellationToken)
    {
        if (request.Flux is not { } options)
        {
            return StepOutcome.Skipped("Flux is not asked for.");
        }
        FluxInstallResult result = await services.Flux.InstallAsync(cluster, options with { Force = options.Force || request.Force }, progress, cancellationToken).ConfigureAwait(false);
        return new StepOutcome(result.Message, result.Changed);
    }

    private async Task<StepOutcome?> FleetAsync(CancellationToken cancellationToken)
    {
        if (request.Fleet is not { } options)
        {
            return StepOutcome.Skipped("Rancher Fleet is not asked for.");
        }
        RancherFleetInstallResult result = await services.Fleet.InstallAsync(cluster, options, progress, cancellationToken).ConfigureAwait(false);
        return new StepOutcome(result.Message, result.Changed);
    }

    private async Task<StepOutcome?> InstallAsync(CancellationToken cancellationToken)
    {
        if (request.SkipArgoCD)
        {
            return NoArgoCD;
        }
        if (inputs.Install is not { } options)
        {
            return StepOutcome.Skipped("Argo CD's workloads are part of the overlay.");
        }
        Installation = await services.Installer.InstallAsync(cluster, options, progress, cancellationToken).ConfigureAwait(false);
        return new StepOutcome(Installation.Message, Installation.Changed);
    }

    private async Task<StepOutcome?> RepositoriesAsync(CancellationToken cancellationToken)
    {
        if (request.SkipArgoCD || request.Repositories.Count == 0)
        {
            return request.SkipArgoCD ? NoArgoCD : StepOutcome.Skipped("No credentials are given.");
        }
        // Where the overlay brings Argo CD along, nothing has made the namespace yet.
        ApplyResult made = inputs.NamespaceObject is { } own
            ? await OverlayApplier.ApplyAsync(cluster, [own], ApplyOptions(FieldManagers.Own), null, cancellationToken).ConfigureAwait(false)
            : await cluster.Applier.ApplyAsync([ArgoCDInstaller.NamespaceObject(inputs.Namespace)], ApplyOptions(FieldManagers.Install), null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(made, "the namespace");
        bool changed = HasChanged(made);
        foreach (RepositoryCredential credential in request.Repositories)
        {
            ObjectApplyResult result = await RepositoryRegistration.RegisterAsync(cluster, credential, inputs.Namespace, request.Force, false, cancellationToken).ConfigureAwait(false);
            changed |= result.Action != ApplyAction.Unchanged;
        }
        return new StepOutcome($"{string.Join(", ", request.Repositories)} registered", changed);
    }

    private async Task<StepOutcome?> OverlayAsync(CancellationToken cancellationToken)
    {
        if (request.SkipArgoCD)
        {
            return NoArgoCD;
        }
        var options = new OverlayDeployOptions
        {
            SkipValidation = request.SkipValidation,
            Force = request.Force,
            AdoptFrom = ProvidedObjects.AdoptFrom(request.Adopt),
            Overrule = FieldManagers.BeforeInstall,
            Wait = request.Wait,
            WaitForApplications = false,
            Timeout = request.Timeout,
            DefaultNamespace = inputs.Namespace,
            Parallelism = request.Parallelism,
        };
        await new OverlayMark(inputs.Overlay.RelativePath, inputs.Application?.RepositoryUrl ?? "").SetAsync(cluster, inputs.Namespace, cancellationToken).ConfigureAwait(false);
        OverlayDeployment deployment = await services.Deployer.DeployAsync(cluster, inputs.Prepared, options, progress, cancellationToken).ConfigureAwait(false);
        deployment = deployment with { Applied = await OverlayApplier.TakeBackAsync(cluster, inputs.Prepared.Objects, deployment.Applied, ApplyOptions(FieldManagers.Own), cancellationToken).ConfigureAwait(false) };
        Deployment = deployment;
        ApplySummary.ThrowIfFailed(deployment.Applied, inputs.Overlay.RelativePath);
        if (deployment.Waited is { } waited)
        {
            ApplySummary.ThrowIfFailed(waited, request.Timeout);
        }
        return new StepOutcome(deployment.Summary, HasChanged(deployment.Applied));
    }

    private async Task<StepOutcome?> RegistrationAsync(CancellationToken cancellationToken)
    {
        if (request.SkipArgoCD || request.Registration is not { } registration)
        {
            return request.SkipArgoCD ? NoArgoCD : StepOutcome.Skipped("Registration is not asked for.");
        }
        ClusterRegistrationResult result = await ClusterRegistration.RegisterAsync(cluster, cluster, registration with { ArgoNamespace = inputs.Namespace, Force = registration.Force || request.Force }, cancellationToken).ConfigureAwait(false);
        return new StepOutcome($"registered as {registration.Name}", result.Changed);
    }

    private async Task<StepOutcome?> WaitAsync(CancellationToken cancellationToken)
    {
        if (request.SkipArgoCD || !request.Wait || inputs.Application is not { } application)
        {
            return request.SkipArgoCD ? NoArgoCD : StepOutcome.Skipped(request.Wait ? "The overlay has no Application that manages Argo CD." : "Waiting is not asked for.");
        }
        WaitResult result = await cluster.Waiter.WaitUntilReadyAsync(
            [application.Reference with { Namespace = application.Reference.Namespace.Length > 0 ? application.Reference.Namespace : inputs.Namespace }],
            new WaitOptions { Timeout = request.Timeout, DefaultNamespace = inputs.Namespace },
            ProgressRelay<WaitProgress>.To(progress, p => new OperationProgress("Waiting for Argo CD to sync itself", p.Readiness.Message, p.Done, p.Total)),
            cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(result, request.Timeout);
        return new StepOutcome($"{application.Reference}: {result.Objects[0].Message}");
    }

    private ApplyOptions ApplyOptions(string manager) => new()
    {
        FieldManager = manager, Force = request.Force, DefaultNamespace = inputs.Namespace, Parallelism = request.Parallelism,
        AdoptFrom = manager == FieldManagers.Own ? ProvidedObjects.AdoptFrom(request.Adopt) : [], Overrule = FieldManagers.BeforeInstall,
    };

    private static bool HasChanged(ApplyResult result) => result.Objects.Any(o => o.Action is ApplyAction.Created or ApplyAction.Configured);
}
