using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// Looks for folders with a kustomization file. A link to a folder is followed where that is in the same repository and not
/// walked through anyway.
/// </summary>
internal sealed class KustomizationWalk
{
    private const string GitFolder = ".git";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string _top;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _folders = [];
    private readonly List<string> _unreadable = [];
    private readonly List<string> _linked = [];

    private KustomizationWalk(string top, CancellationToken cancellationToken)
    {
        _top = top;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Absolute paths of the folders, sorted.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>Absolute paths of folders that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>Walks through a folder.</summary>
    /// <param name="folder">An absolute path; it need not exist.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static KustomizationWalk Below(string folder, CancellationToken cancellationToken)
    {
        KustomizationWalk walk = new(folder, cancellationToken);
        if (Directory.Exists(folder))
        {
            walk.Visit(folder);
            walk.FollowLinks();
        }

        walk._folders.Sort(PathOrder.Compare);
        return walk;
    }

    private void Visit(string top)
    {
        Stack<string> open = new([top]);
        while (open.TryPop(out string? folder))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (GitOpsLayout.HasKustomization(folder))
            {
                _folders.Add(folder);
            }

            foreach (DirectoryInfo child in Children(folder))
            {
                if (child.Name == GitFolder)
                {
                    continue;
                }

                (child.LinkTarget is null ? open.Push : (Action<string>)_linked.Add)(child.FullName);
            }
        }
    }

    private DirectoryInfo[] Children(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetDirectories("*", Everything);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            _unreadable.Add(folder);
            return [];
        }
    }

    private void FollowLinks()
    {
        if (_linked.Count == 0 || Real(_top) is not { } top)
        {
            return;
        }

        string boundary = GitOpsRepository.Find(top)?.Root ?? top;
        HashSet<string> walked = new(StringComparer.Ordinal) { top };
        // Links that are found on the way are added at the end.
        for (int i = 0; i < _linked.Count; i++)
        {
            if (Real(_linked[i]) is { } target && IsIn(target, boundary) && !walked.Any(place => IsIn(target, place) || IsIn(place, target)) && Directory.Exists(target))
            {
                walked.Add(target);
                Visit(_linked[i]);
            }
        }
    }

    private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? Real(string path)
    {
        try
        {
            return PhysicalFileSystem.Instance.ResolveLinks(path);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }
}
