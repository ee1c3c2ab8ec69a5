using System.Diagnostics;
using ArgoBootstrap.Kustomize.Accumulation;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize;

/// <summary>Builds that see the same files. Safe for concurrent use: build as many overlays at once as there are processors.</summary>
public sealed class KustomizeSession
{
    private readonly BuildSession _session;

    internal KustomizeSession(BuildSession session) => _session = session;

    /// <summary>Builds one kustomization.</summary>
    /// <param name="path">Path of its folder, or the URL of one in a Git repository.</param>
    /// <param name="cancellation">Stops the build.</param>
    /// <exception cref="KustomizeException">It cannot be built; every independent mistake is named.</exception>
    public RenderedOverlay Build(string path, CancellationToken cancellation = default)
    {
        long started = Stopwatch.GetTimestamp();
        var position = new SourcePosition(new SourceFile(UrlRedaction.Url(path)), 0, 0);
        RemoteFolder? remote = _session.Remotes.Clone(new Located<string>(path, position), cancellation);
        string root = remote?.Folder ?? RealRoot(path);
        Kustomization kustomization = Decode(root, remote?.Repository);
        var chain = new Chain(root, null);
        _session.CheckCycles(chain, remote?.Repository);
        OriginTracker? origin = kustomization.BuildMetadata.Count > 0 ? OriginTracker.Root : null;
        Layer layer = _session.GetLayer(new LayerTarget(chain, remote?.Repository, null, origin, "", cancellation));
        var warnings = new List<Diagnostic>(layer.Warnings.DistinctBy(w => w.Identity));
        var files = new Lazy<IReadOnlyCollection<string>>(layer.Dependencies.AllFiles);
        var keys = new MadeKeys(_session.Sources.Files, files, _session.Options.Limits);
        IReadOnlyList<Resource> resources;
        try
        {
            resources = RootFinisher.Finish(layer, kustomization, _session.Options, warnings, keys);
        }
        catch (KustomizeException e)
        {
            throw e.Through(kustomization.File.Path);
        }
        ActivityLog.Step($"Built {root}: {resources.Count} objects in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return new RenderedOverlay(root, resources, warnings, files)
        {
            Keys = keys,
        };
    }

    private Kustomization Decode(string root, string? repository)
    {
        KustomizationLocation location = _session.Sources.FindKustomization(_session.Gate(root, repository));
        if (location.Problem is Diagnostic problem)
        {
            throw new KustomizeException([problem]);
        }
        try
        {
            return location.Entry!.Kustomization;
        }
        catch (KustomizeException e)
        {
            throw e.Through(location.Entry!.File.Path);
        }
    }

    private string RealRoot(string path)
    {
        string full = Path.GetFullPath(path);
        var position = new SourcePosition(new SourceFile(full), 0, 0);
        try
        {
            if (_session.Sources.RealDirectory(full) is string root)
            {
                return root;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KustomizeException(DiagnosticIds.FileUnreadable, $"The folder '{path}' cannot be opened: {e.Message}", position, "Check the path and its permissions.");
        }
        throw _session.Sources.Files.FileExists(full)
            ? new KustomizeException(DiagnosticIds.WrongType, $"'{path}' is a file, but a kustomization is a folder.", position, "Name the folder that holds the kustomization file.")
            : new KustomizeException(DiagnosticIds.FileNotFound, $"The folder '{path}' does not exist.", position, "Correct the path.");
    }
}
