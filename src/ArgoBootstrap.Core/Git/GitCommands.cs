using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Processes;

namespace ArgoBootstrap.Core.Git;

/// <summary>What is asked of <c>git</c> about one repository. Nothing of it runs a hook or touches the work tree.</summary>
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
    /// <exception cref="GitOpsException"><see cref="GitOpsErrorIds.RevisionNotFound"/>.</exception>
    public async Task<string> ResolveAsync(string revision, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output.Trim() : throw new GitOpsException(
            GitOpsErrorIds.RevisionNotFound,
            $"The Git repository {root} has no revision '{revision}'.{(result.Error.Length > 0 ? " " + result.Error.Trim() : "")}",
            "Name a branch, a tag or a commit; fetch it first where the clone lacks it (git fetch; a shallow clone has few commits).",
            revision);
    }

    /// <summary>Writes the files of a commit, as a checkout would.</summary>
    /// <param name="commit">Its id.</param>
    /// <param name="indexFile">An index of its own, so that the repository's is not touched.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="GitOpsException"><see cref="GitOpsErrorIds.GitFailed"/>.</exception>
    public async Task WriteFilesAsync(string commit, string indexFile, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await RequireAsync(["read-tree", commit], indexFile, cancellationToken).ConfigureAwait(false);
        await RequireAsync(["checkout-index", "--all", "--quiet", $"--prefix={folder.Replace('\\', '/')}/"], indexFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names of branches and tags; none where <c>git</c> cannot tell.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"], null, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
    }

    private async Task RequireAsync(string[] arguments, string indexFile, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(arguments, indexFile, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new GitOpsException(
                GitOpsErrorIds.GitFailed, $"git {arguments[0]} failed in {root}: {result.Error.Trim()}", "Run git fsck there, and see that the temporary folder has room.", root);
        }
    }

    private Task<ProcessResult> RunAsync(string[] arguments, string? indexFile, CancellationToken cancellationToken) =>
        runner.RunAsync(
            new ProcessRequest("git", ["-c", "core.fsmonitor=false", .. arguments])
            {
                WorkingDirectory = root,
                Environment = new Dictionary<string, string?>(NoHook) { ["GIT_INDEX_FILE"] = indexFile, ["LC_ALL"] = "C" },
            },
            output: null,
            cancellationToken);
}
