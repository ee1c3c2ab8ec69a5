using System.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>Renders and checks one overlay of many. What was rendered does not outlive the test.</summary>
/// <param name="session">Shared by all overlays of a run.</param>
/// <param name="catalog">The rules.</param>
/// <param name="rendered">Gets what was rendered; it may keep it.</param>
internal sealed class OverlayTest(IOverlaySession session, RuleCatalog catalog, Action<OverlayRenderResult>? rendered = null)
{
    /// <summary>What came of it.</summary>
    /// <param name="Target">The overlay.</param>
    /// <param name="Result">Its result, as far as it can be told without the others.</param>
    /// <param name="Identity">What rendering added to the cluster's identity; <see langword="null"/> for nothing.</param>
    public sealed record Outcome(OverlayTarget Target, OverlayTestResult Result, ClusterIdentity? Identity);

    /// <summary>Tests an overlay.</summary>
    /// <param name="target">The overlay.</param>
    /// <param name="rules">Its repository's settings.</param>
    /// <param name="identity">The cluster's identity where rendering has to complete it.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Outcome Run(OverlayTarget target, RepositoryRules rules, ClusterIdentity? identity, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        OverlayRenderResult render = OverlayBuild.Run(session, target, cancellationToken);
        rendered?.Invoke(render);
        IReadOnlyList<Diagnostic> diagnostics = Print(render);
        IEnumerable<Finding> findings = diagnostics.Select(diagnostic => Findings.Of(target, diagnostic, rules.Configuration)).OfType<Finding>();
        RenderedOverlay? valid = diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? null : render.Rendered;
        if (valid is not null)
        {
            findings = findings.Concat(Check(new OverlayRuleContext(target, valid, rules.Settings), rules.Configuration, cancellationToken));
        }

        OverlayTestResult result = new()
        {
            Overlay = target.RelativePath,
            Path = target.Path,
            RepositoryRoot = target.Repository?.Root,
            Environment = target.Overlay?.Environment,
            Cluster = target.Overlay?.Cluster,
            Findings = Findings.Sort(findings),
            Resources = valid?.Resources.Count ?? 0,
        };
        return new Outcome(
            target,
            result with { Duration = Stopwatch.GetElapsedTime(start) },
            valid is not null && identity is not null ? ClusterIdentities.Complete(identity, valid) : null);
    }

    /// <summary>Some mistakes, such as a key that occurs twice, show only when an object is printed.</summary>
    private static IReadOnlyList<Diagnostic> Print(OverlayRenderResult render)
    {
        try
        {
            render.Rendered?.WriteYaml(Stream.Null);
            return render.Diagnostics;
        }
        catch (Exception exception)
        {
            return [.. render.Diagnostics, .. OverlayBuild.Describe(exception, render.Target)];
        }
    }

    private List<Finding> Check(OverlayRuleContext context, RuleConfiguration configuration, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        foreach (IOverlayRule rule in catalog.OverlayRules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (context.Target.IsShared && !rule.ChecksSharedLayers)
            {
                continue;
            }

            if (configuration.SeverityOf(rule.Id, rule.Severity, context.Target.RelativePath) is not { } severity)
            {
                continue;
            }

            try
            {
                findings.AddRange(rule.Check(context).Select(violation => Findings.Of(context.Target, rule.Id, severity, violation)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                findings.AddRange(OverlayBuild.Describe(exception, context.Target).Select(problem => Findings.Of(context.Target, problem, configuration)).OfType<Finding>());
            }
        }

        return findings;
    }
}
