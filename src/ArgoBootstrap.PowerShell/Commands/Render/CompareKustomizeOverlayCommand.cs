using System.Management.Automation;
using ArgoBootstrap.Core.Comparison;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Render;

/// <summary>Says in what overlays differ: two of them, each at two Git revisions, or each as two engines render it.</summary>
[Cmdlet(VerbsData.Compare, "KustomizeOverlay", DefaultParameterSetName = PathParameterSets.Path)]
[OutputType(typeof(ResourceChange))]
public sealed class CompareKustomizeOverlayCommand : KustomizeCmdlet
{
    private const string DefaultRevision = "HEAD";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Repository, string Revision), (GitRevision Files, OverlaySource Source)> _revisions = [];
    private OverlaySource? _files;
    private OverlaySource? _otherEngine;
    private ParallelWork<Comparison>? _work;

    /// <summary>The overlay, or the folder above overlays, that Path is compared with.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? DifferencePath { get; set; }

    /// <summary>The branch, tag or commit that the overlays are compared with; HEAD where neither it nor DifferencePath is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RevisionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Revision { get; set; }

    /// <summary>The branch, tag or commit to compare Revision with; the files as they are where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RevisionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DifferenceRevision { get; set; }

    /// <summary>The engine that Engine is compared with, on the files as they are.</summary>
    [Parameter]
    public RenderEngine? DifferenceEngine { get; set; }

    /// <summary>The binary of DifferenceEngine: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DifferenceEngineCommand { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _files = new OverlaySource(Renderer.BeginSession(), options: DiscoveryOptions);
        Require(() =>
        {
            RequireOneDifference();
            if (DifferenceEngine is { } engine)
            {
                _otherEngine = new OverlaySource(CreateEngine(engine, DifferenceEngineCommand).BeginSession(), options: DiscoveryOptions);
            }
        });
    }

    /// <inheritdoc/>
    private protected override void AddPath(string path)
    {
        if (DifferencePath is not null)
        {
            Add(_files!, _files!, OverlayPairs.OfPaths(path, SessionPaths.ResolveLiteral(SessionState, DifferencePath), DiscoveryOptions, CancellationToken));
            return;
        }

        if (_otherEngine is not null)
        {
            IReadOnlyList<OverlayTarget> targets = _files!.Find(path, CancellationToken);
            Add(_files, _otherEngine, OverlayPairs.OfTimes(targets, targets));
            return;
        }

        string repository = GitRevision.FindRepository(path);
        OverlaySource before = At(repository, Revision ?? DefaultRevision);
        OverlaySource after = DifferenceRevision is null ? _files! : At(repository, DifferenceRevision);
        Add(before, after, OverlayPairs.OfTimes(
            before.Find(path, CancellationToken),
            FindAfter(after, path),
            target => before.Locate(after.WorkTreePathOf(target)),
            target => after.Locate(before.WorkTreePathOf(target))));
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => _work?.Finish();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach ((GitRevision files, _) in _revisions.Values)
        {
            files.Dispose();
        }
    }

    private void RequireOneDifference()
    {
        if (DifferencePath is not null && (Revision ?? DifferenceRevision) is { } revision)
        {
            throw new OperationException(
                ErrorIds.NotComparable,
                "Either another path or another revision is compared with, not both at once.",
                "Leave out -DifferencePath, or -Revision and -DifferenceRevision.",
                revision);
        }

        if (DifferenceEngine is not null && (DifferencePath ?? Revision ?? DifferenceRevision) is { } other)
        {
            throw new OperationException(
                ErrorIds.NotComparable,
                "Two engines are compared on the same files, not on another path or revision.",
                "Leave out -DifferencePath, -Revision and -DifferenceRevision; or -DifferenceEngine, and choose one engine for both sides with -Engine.",
                other);
        }

        if (DifferenceEngine is null && DifferenceEngineCommand is not null)
        {
            throw new OperationException(
                ErrorIds.EngineOptionNotSupported,
                $"No engine is compared with, so that '{DifferenceEngineCommand}' has no use.",
                "Choose -DifferenceEngine Kustomize or Kubectl as well, or leave out -DifferenceEngineCommand.",
                DifferenceEngineCommand);
        }
    }

    /// <summary>A folder whose last overlay is gone still has one at the revision.</summary>
    private IReadOnlyList<OverlayTarget> FindAfter(OverlaySource after, string path)
    {
        try
        {
            return after.Find(path, CancellationToken);
        }
        catch (OperationException exception) when (exception.Id == ErrorIds.OverlayNotFound)
        {
            return [];
        }
    }

    private OverlaySource At(string repository, string revision)
    {
        if (!_revisions.TryGetValue((repository, revision), out (GitRevision Files, OverlaySource Source) found))
        {
            GitRevision files = GitRevision.OpenAsync(repository, revision, cancellationToken: CancellationToken).GetAwaiter().GetResult();
            // What is parsed of the files is of no use once they are gone.
            found = (files, new OverlaySource(CreateEngine(Engine, EngineCommand, isKept: false).BeginSession(), files, DiscoveryOptions));
            _revisions.Add((repository, revision), found);
        }

        return found.Source;
    }

    private void Add(OverlaySource before, OverlaySource after, IReadOnlyList<OverlayPair> pairs)
    {
        OverlayComparer comparer = new(before, after);
        _work ??= new ParallelWork<Comparison>(
            this,
            "Comparing overlays",
            ThrottleLimit,
            (comparison, writer) => writer.WriteObjects([.. comparison.Comparer.Compare(comparison.Pair, CancellationToken)]),
            CancellationToken);
        foreach (OverlayPair pair in pairs.Where(pair => _seen.Add($"{pair.Before?.Path}\0{pair.After?.Path}")))
        {
            _work.Add(new Comparison(comparer, pair));
        }
    }

    private sealed record Comparison(OverlayComparer Comparer, OverlayPair Pair)
    {
        /// <summary>The target of errors.</summary>
        public override string ToString() => Pair.ToString();
    }
}
