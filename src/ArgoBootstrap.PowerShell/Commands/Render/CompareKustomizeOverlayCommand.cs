using System.Management.Automation;
using ArgoBootstrap.Core.Comparison;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Render;

/// <summary>Says in what overlays differ: two of them, or each at two Git revisions.</summary>
[Cmdlet(VerbsData.Compare, "KustomizeOverlay", DefaultParameterSetName = PathParameterSets.Path)]
[OutputType(typeof(ResourceChange))]
public sealed class CompareKustomizeOverlayCommand : KustomizeCmdlet
{
    private const string DefaultRevision = "HEAD";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Repository, string Revision), (GitRevision Files, OverlaySource Source)> _revisions = [];
    private OverlaySource? _files;
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

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (DifferencePath is not null && (Revision ?? DifferenceRevision) is { } revision)
        {
            GitOpsException exception = new(
                GitOpsErrorIds.NotComparable,
                "Either another path or another revision is compared with, not both at once.",
                "Leave out -DifferencePath, or -Revision and -DifferenceRevision.",
                revision);
            ThrowTerminatingError(ErrorRecords.From(exception).Single());
        }

        _files = new OverlaySource(CreateBuilder().BeginSession());
    }

    /// <inheritdoc/>
    private protected override void AddPath(string path)
    {
        if (DifferencePath is not null)
        {
            Add(_files!, _files!, OverlayPairs.OfPaths(path, SessionPaths.ResolveLiteral(SessionState, DifferencePath), CancellationToken));
            return;
        }

        string repository = GitRevision.FindRepository(path);
        OverlaySource before = At(repository, Revision ?? DefaultRevision);
        OverlaySource after = DifferenceRevision is null ? _files! : At(repository, DifferenceRevision);
        Add(before, after, OverlayPairs.OfTimes(before.Find(path, CancellationToken), FindAfter(after, path)));
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

    /// <summary>A folder whose last overlay is gone still has one at the revision.</summary>
    private IReadOnlyList<OverlayTarget> FindAfter(OverlaySource after, string path)
    {
        try
        {
            return after.Find(path, CancellationToken);
        }
        catch (GitOpsException exception) when (exception.Id == GitOpsErrorIds.OverlayNotFound)
        {
            return [];
        }
    }

    private OverlaySource At(string repository, string revision)
    {
        if (!_revisions.TryGetValue((repository, revision), out (GitRevision Files, OverlaySource Source) found))
        {
            GitRevision files = GitRevision.OpenAsync(repository, revision, cancellationToken: CancellationToken).GetAwaiter().GetResult();
            // A builder of its own: what it keeps is of no use once the files are gone.
            found = (files, new OverlaySource(new KustomizeBuilder(CreateOptions()).BeginSession(), files));
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
