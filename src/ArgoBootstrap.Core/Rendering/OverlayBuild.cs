using System.Diagnostics;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>Renders one overlay of many: what goes wrong is part of the result.</summary>
internal static class OverlayBuild
{
    /// <summary>The id of what only a mistake in this program can cause.</summary>
    public const string UnexpectedError = nameof(UnexpectedError);

    /// <summary>Renders an overlay.</summary>
    /// <param name="session">Shared by all overlays of a run.</param>
    /// <param name="target">The overlay.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static OverlayRenderResult Run(IOverlaySession session, OverlayTarget target, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            RenderedOverlay rendered = session.Build(target.Path, cancellationToken);
            return new OverlayRenderResult
            {
                Target = target,
                Rendered = rendered,
                Diagnostics = rendered.Warnings,
                Duration = Stopwatch.GetElapsedTime(start),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new OverlayRenderResult { Target = target, Diagnostics = Describe(exception, target), Duration = Stopwatch.GetElapsedTime(start) };
        }
    }

    /// <summary>Says what an exception means for an overlay.</summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="target">The overlay.</param>
    public static IReadOnlyList<Diagnostic> Describe(Exception exception, OverlayTarget target)
    {
        SourcePosition position = new(new SourceFile(target.Path), 0, 0);
        return exception switch
        {
            KustomizeException known => known.Diagnostics,
            IOException or UnauthorizedAccessException =>
                [new(DiagnosticIds.FileUnreadable, DiagnosticSeverity.Error, $"A file cannot be read: {exception.Message}", position, "Check that it is there and may be read.")],
            _ =>
                [new(UnexpectedError, DiagnosticSeverity.Error, $"The overlay made the program fail: {exception.GetType().Name}: {exception.Message}", position, "This is a fault of the program. Please report it with the overlay.")],
        };
    }
}
