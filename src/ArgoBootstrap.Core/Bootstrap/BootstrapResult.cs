using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>A step of a bootstrap, in the order in which they run.</summary>
public enum BootstrapStepName : long
{
    /// <summary>Checks the cluster and that it is the one that is meant; changes nothing.</summary>
    Preflight,

    /// <summary>Validates the overlay.</summary>
    Validate,

    /// <summary>Installs Flux.</summary>
    Flux,

    /// <summary>Installs Rancher Fleet.</summary>
    Fleet,

    /// <summary>Installs Argo CD.</summary>
    Install,

    /// <summary>Gives Argo CD the credentials of repositories.</summary>
    RepositoryCredentials,

    /// <summary>Applies the overlay.</summary>
    Overlay,

    /// <summary>Registers the cluster.</summary>
    Registration,

    /// <summary>Waits until Argo CD has synced itself.</summary>
    WaitForApplication,
}

/// <summary>How a step ended.</summary>
public enum BootstrapStepStatus : long
{
    /// <summary>It is done.</summary>
    Succeeded,

    /// <summary>It was not asked for, or there is nothing for it to do.</summary>
    Skipped,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>An earlier step failed.</summary>
    NotRun,
}

/// <summary>One step of a bootstrap.</summary>
/// <param name="Name">The step.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What happened; without secrets.</param>
/// <param name="Duration">How long it took.</param>
public sealed record BootstrapStepResult(BootstrapStepName Name, BootstrapStepStatus Status, string Message, TimeSpan Duration)
{
    /// <summary>For a failure, its id; otherwise empty.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>For a failure, what to do about it.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Whether the step changed the cluster.</summary>
    public bool Changed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Status}: {Message}";
}

/// <summary>What became of a bootstrap. A step that fails is part of it, not an exception, so that a fleet's other clusters go on.</summary>
public sealed record BootstrapResult
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The cluster; null for an environment without named clusters.</summary>
    public string? Cluster { get; init; }

    /// <summary>The overlay's path from the repository's root; empty when it was not found.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>The context that was used.</summary>
    public string Context { get; init; } = "";

    /// <summary>The server; empty when it is not known.</summary>
    public string Server { get; init; } = "";

    /// <summary>What the audit records have in common.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Every step.</summary>
    public required IReadOnlyList<BootstrapStepResult> Steps { get; init; }

    /// <summary>Why the audit log could not be written; empty when it could.</summary>
    public string AuditFailure { get; init; } = "";

    /// <summary>What the preflight found.</summary>
    public IReadOnlyList<PrerequisiteResult> Prerequisites { get; init; } = [];

    /// <summary>What validation found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What became of Argo CD's installation; null when it did not come to that.</summary>
    public ArgoCDInstallResult? Installation { get; init; }

    /// <summary>What became of the overlay; null when it did not come to that.</summary>
    public OverlayDeployment? Deployment { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether no step failed.</summary>
    public bool Succeeded => Steps.All(s => s.Status is BootstrapStepStatus.Succeeded or BootstrapStepStatus.Skipped);

    /// <summary>Whether the cluster was changed.</summary>
    public bool Changed => Steps.Any(s => s.Changed);

    /// <summary>The step that failed; null when none did.</summary>
    public BootstrapStepResult? Failure => Steps.FirstOrDefault(s => s.Status == BootstrapStepStatus.Failed);
}

/// <summary>One step that a bootstrap would make.</summary>
/// <param name="Name">The step.</param>
/// <param name="Message">What it would do.</param>
/// <param name="Objects">Objects that it would apply, by phase.</param>
public sealed record BootstrapPlanStep(BootstrapStepName Name, string Message, IReadOnlyList<PlannedObject> Objects)
{
    /// <summary>How many objects it would apply.</summary>
    public int ObjectCount => Objects.Count;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Message}";
}

/// <summary>What a bootstrap would do: made without a cluster.</summary>
/// <param name="Overlay">The overlay's path from the repository's root.</param>
/// <param name="IsValid">Whether validation found no error.</param>
/// <param name="Findings">What validation found.</param>
/// <param name="Steps">The steps.</param>
public sealed record BootstrapPlan(string Overlay, bool IsValid, IReadOnlyList<Finding> Findings, IReadOnlyList<BootstrapPlanStep> Steps)
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The cluster; null for an environment without named clusters.</summary>
    public string? Cluster { get; init; }

    /// <summary>The context that would be used; empty where that is not known.</summary>
    public string Context { get; init; } = "";
}
