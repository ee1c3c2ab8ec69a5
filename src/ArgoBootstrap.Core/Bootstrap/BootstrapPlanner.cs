using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Registration;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Says what each step of a bootstrap would do.</summary>
internal static class BootstrapPlanner
{
    public static BootstrapPlan Plan(BootstrapRequest request, BootstrapInputs inputs, ArgoCDInstallPlan? install, string context)
    {
        var steps = new List<BootstrapPlanStep>
        {
            new(BootstrapStepName.Preflight, "Check reachability, version, permissions, and that no other overlay manages the cluster", []),
            new(BootstrapStepName.Validate, $"Validate {inputs.Overlay.RelativePath}: {inputs.Prepared.Findings.Count} findings", []),
        };
        if (request.Flux is { } flux)
        {
            steps.Add(new(BootstrapStepName.Flux, $"Install Flux from {flux.Manifest} into {flux.Namespace}", []));
        }
        if (request.Fleet is { } fleet)
        {
            steps.Add(new(BootstrapStepName.Fleet, $"Install Rancher Fleet {fleet.Version} into {fleet.Namespace}", []));
        }
        if (!request.SkipArgoCD)
        {
            steps.Add(install is null
                ? new(BootstrapStepName.Install, "Argo CD's workloads are part of the overlay", [])
                : new(BootstrapStepName.Install, install.Command.Length > 0 ? $"Run {install.Command}" : $"Apply Argo CD {install.Version} to namespace {install.Namespace}", install.Objects));
            steps.AddRange(request.Repositories.Select(r => new BootstrapPlanStep(
                BootstrapStepName.RepositoryCredentials, $"Register {r}", [new PlannedObject(ApplyOrder.PhaseOf(new("", "v1", "Secret")), RepositoryRegistration.ReferenceOf(r, inputs.Namespace))])));
            steps.Add(new(BootstrapStepName.Overlay, $"Apply {inputs.Overlay.RelativePath}: {inputs.Prepared.Objects.Count} objects", inputs.Prepared.Plan));
            if (request.Registration is { } registration)
            {
                steps.Add(new(BootstrapStepName.Registration, $"Register the cluster as {registration.Name}", [new PlannedObject(ApplyOrder.PhaseOf(new("", "v1", "Secret")), ClusterRegistration.ReferenceOf(registration with { ArgoNamespace = inputs.Namespace }))]));
            }
            if (request.Wait && inputs.Application is { } application)
            {
                steps.Add(new(BootstrapStepName.WaitForApplication, $"Wait until {application.Reference} is Synced and Healthy", []));
            }
        }
        return new BootstrapPlan(inputs.Overlay.RelativePath, inputs.Prepared.IsValid, inputs.Prepared.Findings, [.. steps.Select(step => step with { Objects = [.. step.Objects.Select(Own)] })])
        {
            Environment = inputs.Overlay.Environment,
            Cluster = inputs.Overlay.Cluster,
            Context = context,
        };

        PlannedObject Own(PlannedObject planned) => planned with { Environment = inputs.Overlay.Environment, Cluster = inputs.Overlay.Cluster, Context = context };
    }
}
