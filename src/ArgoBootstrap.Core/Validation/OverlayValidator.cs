using System.Runtime.CompilerServices;
using ArgoBootstrap.Core.Concurrency;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Core.Validation.Execution;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Renders overlays and checks what they render to, each by itself and all together.</summary>
/// <param name="engine">Renders the overlays; the built-in engine with kustomize's defaults when null.</param>
/// <param name="catalog">The rules; those that the module brings when null.</param>
public sealed class OverlayValidator(IOverlayEngine? engine = null, RuleCatalog? catalog = null)
{
    private readonly IOverlayEngine _engine = engine ?? new BuiltInEngine();
    private readonly RuleCatalog _catalog = catalog ?? RuleCatalog.Default;

    /// <summary>Tests the overlays that paths mean.</summary>
    /// <param name="paths">Absolute paths, each of an overlay or of a folder above overlays.</param>
    /// <param name="options">How; everything when null.</param>
    /// <param name="cancellationToken">Stops the tests.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: a path has no overlay.</exception>
    public IAsyncEnumerable<OverlayTestResult> TestAsync(
        IEnumerable<string> paths, OverlayTestOptions? options = null, CancellationToken cancellationToken = default) =>
        TestAsync(new OverlayDiscovery().Find(paths, cancellationToken), options, cancellationToken);

    /// <summary>Tests overlays.</summary>
    /// <param name="targets">The overlays; one that occurs twice is tested once.</param>
    /// <param name="options">How; everything when null.</param>
    /// <param name="cancellationToken">Stops the tests.</param>
    /// <returns>
    /// One for each settings file with mistakes, then one result for every overlay, in the order of the overlays. A result
    /// comes as soon as it and those before it are final: what rules about the fleet have to know is mostly in the overlays'
    /// own files and read beforehand; where an overlay has to be rendered for it, such overlays are rendered first, and no
    /// cluster's result comes before they are done.
    /// A broken overlay, file or setting is a finding, never an exception.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The throttle limit is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IAsyncEnumerable<OverlayTestResult> TestAsync(
        IReadOnlyCollection<OverlayTarget> targets, OverlayTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        OverlayTestOptions chosen = options ?? new OverlayTestOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.ThrottleLimit ?? 1, 1, nameof(options));
        return Run(targets, chosen, null, cancellationToken);
    }

    /// <summary>Tests one overlay, and gives what it was rendered to as well, so that nobody has to render it again.</summary>
    internal async Task<(OverlayRenderResult Rendering, IReadOnlyList<Finding> Findings)> TestOneAsync(OverlayTarget target, CancellationToken cancellationToken)
    {
        OverlayRenderResult? rendering = null;
        List<Finding> findings = [];
        await foreach (OverlayTestResult result in Run([target], new OverlayTestOptions(), r => rendering = r, cancellationToken).ConfigureAwait(false))
        {
            findings.AddRange(result.Findings);
        }
        return (rendering!, findings);
    }

    private async IAsyncEnumerable<OverlayTestResult> Run(
        IReadOnlyCollection<OverlayTarget> targets, OverlayTestOptions options, Action<OverlayRenderResult>? rendered, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FleetTest fleet = new(targets.DistinctBy(target => target.Path, StringComparer.Ordinal), _catalog, options, cancellationToken);
        FindingCauses causes = new();
        foreach (OverlayTestResult problems in fleet.Problems)
        {
            yield return causes.Attribute(problems);
        }

        ResultOrder order = new(fleet.Targets);
        OverlayTest test = new(_engine.BeginSession(), _catalog, rendered);
        IAsyncEnumerable<OverlayTest.Outcome> outcomes = ParallelStream.RunAsync(
            fleet.RenderOrder, (target, token) => test.Run(target, fleet.RulesOf(target), fleet.IdentityToComplete(target), token), options.ThrottleLimit, cancellationToken);
        await foreach (OverlayTest.Outcome outcome in outcomes.ConfigureAwait(false))
        {
            order.Add(fleet.Take(outcome));
            while (order.TryTake(out OverlayTestResult? result))
            {
                yield return causes.Attribute(result);
            }
        }
    }
}
