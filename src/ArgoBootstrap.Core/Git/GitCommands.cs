using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Git;

/// <summary>What is asked of <c>git</c> about one repository. None of it runs a hook, a filter or anything else that the repository configures, or touches its work tree and index.</summary>
/// <param name="root">The absolute path of the top of the work tree.</param>
/// <param name="runner">Starts the program.</param>
internal sealed class GitCommands(string root, IProcessRunner runner)
{
    /// <summary>Within a hook these name what the hook is about, which need not be the repository that is meant.</summary>
    public static IReadOnlyDictionary<string, string?> NoHook { get; } = new Dictionary<string, string?>
    {
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_PREFIX"] = null,
    };

    /// <summary>The id of a revision's commit.</summary>
    /// <param name="revision">A branch, tag or commit.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.RevisionNotFound"/>.</exception>
    public async Task<string> ResolveAsync(string revision, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output.Trim() : throw new OperationException(
            ErrorIds.RevisionNotFound,
            $"The Git repository {root} has no revision '{revision}'.{(result.Error.Length > 0 ? " " + result.Error.Trim() : "")}",
            "Name a branch, a tag or a commit; fetch it first where the clone lacks it (git fetch; a shallow clone has few commits).",
            revision);
    }

    /// <summary>
    /// Writes the files of a commit, as a checkout would, but without what the repository's configuration says: git works in a
    /// bare folder that has no configuration, no hooks and no filters, and borrows the repository's objects.
    /// </summary>
    /// <param name="commit">Its id.</param>
    /// <param name="gitFolder">A folder for git, which is made.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.GitFailed"/>.</exception>
    public async Task WriteFilesAsync(string commit, string gitFolder, string folder, CancellationToken cancellationToken)
    {
        string objects = await RequireAsync(["rev-parse", "--git-path", "objects"], cancellationToken).ConfigureAwait(false);
        string format = await RequireAsync(["rev-parse", "--show-object-format"], cancellationToken).ConfigureAwait(false);
        string[] options = await CheckoutOptionsAsync(cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(Path.Combine(gitFolder, "objects"));
        Directory.CreateDirectory(Path.Combine(gitFolder, "refs"));
        await File.WriteAllTextAsync(Path.Combine(gitFolder, "HEAD"), "ref: refs/heads/none\n", cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(
            Path.Combine(gitFolder, "config"),
            $"[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\tobjectFormat = {format}\n", cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(folder);
        var environment = new Dictionary<string, string?>(NoHook)
        {
            ["GIT_DIR"] = gitFolder,
            ["GIT_WORK_TREE"] = folder,
            ["GIT_OBJECT_DIRECTORY"] = Path.GetFullPath(objects, root),
            ["GIT_INDEX_FILE"] = null,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_SYSTEM"] = gitFolder + Path.DirectorySeparatorChar + "none",
            ["GIT_CONFIG_GLOBAL"] = gitFolder + Path.DirectorySeparatorChar + "none",
            ["GIT_CONFIG_COUNT"] = null,
            ["GIT_CONFIG_PARAMETERS"] = null,
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["LC_ALL"] = "C",
        };
        await RunInAsync(["read-tree", commit]).ConfigureAwait(false);
        await RunInAsync(["checkout-index", "--all", "--quiet"]).ConfigureAwait(false);

        async Task RunInAsync(string[] arguments)
        {
            ProcessRequest request = new("git", [.. options, .. arguments]) { WorkingDirectory = folder, Environment = environment };
            Require(arguments[0], await runner.RunAsync(request, output: null, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Names of branches and tags; none where <c>git</c> cannot tell.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
    }

    /// <summary>What decides how a checkout writes line ends, links and long paths; none of it starts a program.</summary>
    private async Task<string[]> CheckoutOptionsAsync(CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(["config", "--get-regexp", @"^core\.(autocrlf|eol|symlinks|longpaths)$"], cancellationToken).ConfigureAwait(false);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2 && parts[1].All(char.IsAsciiLetterOrDigit))
            .SelectMany(parts => new[] { "-c", $"{parts[0]}={parts[1]}" })];
    }

    private async Task<string> RequireAsync(string[] arguments, CancellationToken cancellationToken) =>
        Require(arguments[0], await RunAsync(arguments, cancellationToken).ConfigureAwait(false));

    private string Require(string command, ProcessResult result) => result.ExitCode == 0 ? result.Output.Trim() : throw new OperationException(
        ErrorIds.GitFailed,
        $"git {command} failed in {root}: {result.Error.Trim()}",
        "Run 'git fsck' there, check that the temporary folder has room, and in a partial clone fetch what is missing (git fetch --refetch --no-filter).",
        root);

    // The repository may be somebody else's: what its configuration would start does not start, and nothing that it lacks is fetched.
    private Task<ProcessResult> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        runner.RunAsync(
            new ProcessRequest("git", ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "core.alternateRefsCommand=", .. arguments])
            {
                WorkingDirectory = root,
                Environment = new Dictionary<string, string?>(NoHook) { ["GIT_INDEX_FILE"] = null, ["GIT_ALLOW_PROTOCOL"] = "none", ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" },
            },
            output: null,
            cancellationToken);
}
