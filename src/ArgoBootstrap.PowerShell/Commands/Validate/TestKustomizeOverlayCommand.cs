using System.Management.Automation;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Validate;

/// <summary>Renders overlays and checks what they render to, each by itself and all together.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KustomizeOverlay", DefaultParameterSetName = PathParameterSets.Path)]
[OutputType(typeof(OverlayTestResult))]
public sealed class TestKustomizeOverlayCommand : OverlayPathCmdlet
{
    private readonly List<OverlayTarget> _targets = [];
    private readonly OverlayTestTally _tally = new();

    /// <summary>Ids of the only rules to check. An overlay that cannot be rendered fails all the same.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateRule]
    public string[] IncludeRule { get; set; } = [];

    /// <summary>Ids of rules to leave out. An overlay that cannot be rendered fails all the same.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateRule]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>
    /// Ends the command with an error after all results are written where something was found that is at least as severe, or
    /// where a path could not be tested: pwsh takes its exit code from that.
    /// </summary>
    [Parameter]
    [ValidateSet(nameof(DiagnosticSeverity.Error), nameof(DiagnosticSeverity.Warning))]
    public DiagnosticSeverity? FailOn { get; set; }

    /// <inheritdoc/>
    private protected override void AddOverlay(OverlayTarget target) => _targets.Add(target);

    /// <summary>What nobody looks at has to be seen: who reads "passed" takes it for everything.</summary>
    private protected override void ReportSearch(OverlayDiscoveryResult found)
    {
        base.ReportSearch(found);
        if (found.LeftOut is { } leftOut)
        {
            WriteWarning(leftOut);
        }
    }

    /// <summary>Tests when all overlays are known: some rules are about the clusters together.</summary>
    protected override void ProcessEnd()
    {
        OverlayTestOptions options = new() { ThrottleLimit = ThrottleLimit, IncludeRule = IncludeRule, ExcludeRule = ExcludeRule };
        AsyncStream.Write(
            this,
            "Testing overlays",
            _targets.Count,
            new OverlayValidator(Renderer).TestAsync(_targets, options, CancellationToken),
            _tally.Add,
            CancellationToken);
        if (FailOn is { } severity && _tally.FailureOf(severity, UnusablePaths) is { } failure)
        {
            throw OverlayTestFailure.Of(this, failure, _tally.OverlaysWith(severity));
        }
    }
}
