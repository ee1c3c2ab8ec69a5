using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>
/// What the overlays of a run have to do with each other. Knows who the clusters are before they are rendered, where their
/// files say so, and holds results back only as long as somebody's identity is open. Used by one thread, but for what says
/// otherwise.
/// </summary>
internal sealed class FleetTest
{
    private readonly RuleCatalog _catalog;
    private readonly OverlayTestOptions _options;
    private readonly Dictionary<string, RepositoryRules> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClusterIdentity> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClusterIdentity> _toComplete = new(StringComparer.Ordinal);
    private readonly List<OverlayTest.Outcome> _held = [];
    private ILookup<string, Finding>? _findings;
    private int _open;

    /// <summary>Reads settings and identities.</summary>
    /// <param name="targets">The overlays of the run.</param>
    /// <param name="catalog">The rules.</param>
    /// <param name="options">What the caller asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public FleetTest(IEnumerable<OverlayTarget> targets, RuleCatalog catalog, OverlayTestOptions options, CancellationToken cancellationToken)
    {
        _catalog = catalog;
        _options = options;
        List<OverlayTarget> all = [.. targets];
        foreach (OverlayTarget target in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_rules.ContainsKey(KeyOf(target)))
            {
                _rules.Add(KeyOf(target), RepositoryRules.Load(target.Repository, catalog, options));
            }

            if (ClusterIdentities.Declared(target) is not { } identity)
            {
                continue;
            }

            _identities.Add(target.Path, identity);
            if (ClusterIdentities.NeedsRendering(identity))
            {
                _toComplete.Add(target.Path, identity);
            }
        }

        _open = _toComplete.Count;
        Targets = all;
        RenderOrder = [.. all.OrderBy(target => !_toComplete.ContainsKey(target.Path))];
    }

    /// <summary>The overlays in the order in which their results are handed out.</summary>
    public IReadOnlyList<OverlayTarget> Targets { get; }

    /// <summary>The overlays in the order in which they are best rendered.</summary>
    public IReadOnlyList<OverlayTarget> RenderOrder { get; }

    /// <summary>What is wrong with settings files.</summary>
    public IEnumerable<OverlayTestResult> Problems => _rules.Values.Select(rules => rules.Problems).OfType<OverlayTestResult>();

    /// <summary>The settings of an overlay's repository. Safe for concurrent use.</summary>
    public RepositoryRules RulesOf(OverlayTarget target) => _rules[KeyOf(target)];

    /// <summary>The identity that rendering has to complete, or <see langword="null"/>. Safe for concurrent use.</summary>
    public ClusterIdentity? IdentityToComplete(OverlayTarget target) => _toComplete.GetValueOrDefault(target.Path);

    /// <summary>Takes what came of an overlay.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <returns>The results that are final by now.</returns>
    public IReadOnlyList<OverlayTestResult> Take(OverlayTest.Outcome outcome)
    {
        if (outcome.Identity is { } identity)
        {
            _identities[outcome.Target.Path] = identity;
        }

        if (_toComplete.ContainsKey(outcome.Target.Path))
        {
            _open--;
        }

        if (!_identities.ContainsKey(outcome.Target.Path))
        {
            return [outcome.Result];
        }

        _held.Add(outcome);
        if (_open > 0)
        {
            return [];
        }

        OverlayTestResult[] final = [.. _held.Select(Complete)];
        _held.Clear();
        return final;
    }

    private static string KeyOf(OverlayTarget target) => target.Repository?.SystemPath ?? "";

    private OverlayTestResult Complete(OverlayTest.Outcome outcome)
    {
        _findings ??= Check().ToLookup(finding => finding.Path, finding => finding.Finding, StringComparer.Ordinal);
        return _findings.Contains(outcome.Target.Path)
            ? outcome.Result with { Findings = Findings.Sort(outcome.Result.Findings.Concat(_findings[outcome.Target.Path])) }
            : outcome.Result;
    }

    private IEnumerable<(string Path, Finding Finding)> Check()
    {
        foreach (IGrouping<string, ClusterIdentity> repository in _identities.Values.GroupBy(identity => KeyOf(identity.Target), StringComparer.Ordinal))
        {
            ClusterIdentity[] clusters = [.. repository];
            foreach (IFleetRule rule in _catalog.FleetRules)
            {
                foreach (FleetViolation violation in rule.Check(clusters))
                {
                    OverlayTarget target = violation.Cluster.Target;
                    if (RulesOf(target).Configuration.SeverityOf(rule.Id, rule.Severity, target.RelativePath) is DiagnosticSeverity severity)
                    {
                        yield return (target.Path, Findings.Of(target, rule.Id, severity, new RuleViolation(violation.Message, violation.Remedy, violation.Position)));
                    }
                }
            }
        }
    }
}
