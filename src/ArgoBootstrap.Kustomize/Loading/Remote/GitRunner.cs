using System.ComponentModel;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Runs git without anything that could ask a person, and without what a surrounding git command (a hook) says about its own repository.</summary>
/// <param name="options">Which git, and how long it may take.</param>
internal sealed class GitRunner(RemoteOptions options)
{
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["LC_ALL"] = "C",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "",
        ["SSH_ASKPASS"] = "",
        // Without this, ssh asks at the terminal for a passphrase or about a host's key, however the user has told git to run it.
        ["SSH_ASKPASS_REQUIRE"] = "force",
        ["GCM_INTERACTIVE"] = "never",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_PREFIX"] = null,
    };

    // Where nobody is in a repository, git looks around itself for one. What the one around the process says about remote
    // repositories does not count: the commit is fetched in a folder of its own, by kustomize too. It is a name that nobody can
    // guess: a repository that another user laid there would have its configuration, programs to start included, obeyed.
    private static readonly string NoRepository = Path.Join(Path.GetTempPath(), $"argobootstrap-no-repository-{Guid.NewGuid():N}");

    private readonly Lazy<bool> _hasSshSettings = new(() => HasSshSettings(options));

    /// <summary>Runs one command.</summary>
    /// <param name="address">The repository that it is about.</param>
    /// <param name="folder">Folder that it runs in; null for a command that is about no repository on this machine.</param>
    /// <param name="timeout">Longest that it may take; null for what the options say.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="arguments">Subcommand and arguments.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="GitException">It failed.</exception>
    public string Run(GitAddress address, string? folder, TimeSpan? timeout, CancellationToken cancellation, params ReadOnlySpan<string> arguments)
    {
        var environment = new Dictionary<string, string?>(Quiet);
        foreach ((string name, string? value) in address.Environment)
        {
            environment[name] = value;
        }
        if (folder is null)
        {
            environment["GIT_DIR"] = NoRepository;
        }
        List<string> restrictions = [];
        if (options.RefusesLocal)
        {
            environment["GIT_ALLOW_PROTOCOL"] = "https:http:ssh:git";
            restrictions.AddRange(["-c", "http.followRedirects=false"]);
        }
        // A submodule may be reached in another way than the repository.
        if ((address.IsSsh || arguments is ["submodule", ..]) && !_hasSshSettings.Value)
        {
            environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes";
        }
        var git = new ChildProcess(options.GitCommand, [.. address.Options, .. restrictions, .. arguments]) { Folder = folder, Environment = environment, Timeout = timeout ?? options.Timeout };
        try
        {
            ChildProcessResult result = git.Run(cancellation);
            return result.ExitCode == 0 ? result.OutputText : throw GitException.Of(result.Error);
        }
        catch (TimeoutException e)
        {
            throw new GitException(RemoteFailure.Timeout, $"git {arguments[0]} did not finish: {e.Message}");
        }
        catch (Win32Exception)
        {
            throw new GitException(RemoteFailure.ToolMissing, $"there is no program '{options.GitCommand}'");
        }
        catch (IOException e)
        {
            throw new GitException(RemoteFailure.Other, e.Message);
        }
    }

    /// <summary>Whether the user has told git how to run ssh: their way is used as it is then.</summary>
    private static bool HasSshSettings(RemoteOptions options)
    {
        if (Environment.GetEnvironmentVariable("GIT_SSH_COMMAND") is not null || Environment.GetEnvironmentVariable("GIT_SSH") is not null)
        {
            return true;
        }
        try
        {
            return new ChildProcess(options.GitCommand, ["config", "--get", "core.sshCommand"]) { Environment = new Dictionary<string, string?> { ["GIT_DIR"] = NoRepository }, Timeout = options.Timeout }.Run(CancellationToken.None).ExitCode == 0;
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException or IOException)
        {
            return false;
        }
    }
}
