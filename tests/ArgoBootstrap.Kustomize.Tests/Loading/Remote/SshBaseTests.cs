using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Tests.Conformance;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>Bases that git reaches through ssh, for which a script stands, and their submodules.</summary>
public sealed class SshBaseTests : IDisposable
{
    private readonly GitHarness _git = new("acme/fleet.git");
    private readonly SshHarness _ssh;
    private readonly string _root;
    private readonly string? _before = Environment.GetEnvironmentVariable("GIT_SSH_COMMAND");

    public SshBaseTests()
    {
        _root = Path.GetDirectoryName(Path.GetDirectoryName(_git.Repository))!;
        _ssh = new SshHarness(_root);
        _git.Commit(("base/kustomization.yaml", Manifests.Kustomization("map.yaml")), ("base/map.yaml", Manifests.ConfigMap("a")));
        _git.Git("tag", "v1");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", _before);
        _ssh.Dispose();
        _git.Dispose();
    }

    [Theory]
    [InlineData("git@example.test:acme/fleet.git//base?ref=main", "git@example.test|git-upload-pack 'acme/fleet.git'|")]
    [InlineData("git@example.test:acme/fleet.git/base?ref=v1", "git@example.test|git-upload-pack 'acme/fleet.git'|")]
    [InlineData("git@example.test:/acme/fleet.git//base", "git@example.test|git-upload-pack '/acme/fleet.git'|")]
    [InlineData("git@example.test:acme/fleet/base", "git@example.test|git-upload-pack 'acme/fleet'|")]
    [InlineData("org-1@example.test:acme/fleet//base", "org-1@example.test|git-upload-pack 'acme/fleet'|")]
    [InlineData("git::git@example.test:acme/fleet.git//base", "git@example.test|git-upload-pack 'acme/fleet.git'|")]
    [InlineData("ssh://git@example.test/acme/fleet.git//base?ref=refs/heads/main", "git@example.test|git-upload-pack '/acme/fleet.git'|")]
    [InlineData("ssh://git@example.test:7999/acme/fleet.git//base", "-p|7999|git@example.test|git-upload-pack '/acme/fleet.git'|")]
    [InlineData("ssh://example.test/acme/fleet/base?version=v1", "example.test|git-upload-pack '/acme/fleet'|")]
    [InlineData("git@github.com:acme/fleet//base", "git@github.com|git-upload-pack 'acme/fleet'|")]
    [InlineData("ssh://git@github.com/acme/fleet.git//base", "git@github.com|git-upload-pack 'acme/fleet.git'|")]
    public void Each_way_to_write_it_gives_what_kustomize_prints(string url, string start)
    {
        Directory.CreateSymbolicLink(Path.Join(_root, "acme", "fleet"), _git.Repository);
        UseSsh("-4");
        string overlay = _git.Overlay("buildMetadata: [originAnnotations]\n" + Manifests.Kustomization(url));

        string output = Manifests.Builder(_git.Cache).Build(overlay).ToYaml();
        string[] starts = _ssh.Starts;
        (int exitCode, string expected, string error) = Oracle.Build(overlay);

        Assert.True(exitCode == 0, error);
        Assert.Equal(expected, output);
        // The user's own way to start ssh, with what they gave it.
        Assert.NotEmpty(starts);
        Assert.All(starts, s => Assert.StartsWith("-4|", s, StringComparison.Ordinal));
        Assert.All(starts, s => Assert.Contains(start, s, StringComparison.Ordinal));
        Assert.All(starts, s => Assert.EndsWith("|prompt=0 askpass=", s, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_settings_of_the_user_ssh_may_ask_nothing()
    {
        Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", null);

        string output = Manifests.Builder(_git.Cache, change: o => o with { GitCommand = GitWith("PATH=\"" + Path.GetDirectoryName(_ssh.Program) + ":$PATH\"", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1") })
            .Build(_git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//base"))).ToYaml();

        Assert.Contains("name: a", output, StringComparison.Ordinal);
        Assert.All(_ssh.Starts, s => Assert.StartsWith("-o|BatchMode=yes|", s, StringComparison.Ordinal));
    }

    [Fact]
    public void A_way_to_start_ssh_in_the_configuration_of_git_counts()
    {
        Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", null);
        string config = _ssh.Write("config", $"[core]\n\tsshCommand = '{_ssh.Program}' -i deploy-key\n");

        string output = Manifests.Builder(_git.Cache, change: o => o with { GitCommand = GitWith($"GIT_CONFIG_GLOBAL='{config}'") })
            .Build(_git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//base"))).ToYaml();

        Assert.Contains("name: a", output, StringComparison.Ordinal);
        Assert.NotEmpty(_ssh.Starts);
        Assert.All(_ssh.Starts, s => Assert.StartsWith("-i|deploy-key|", s, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_repository_around_the_process_says_does_not_count()
    {
        Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", null);
        string surroundings = _git.Overlay("", "surroundings");
        _git.Git("init", "--quiet", surroundings);
        _git.Git("-C", surroundings, "config", "core.sshCommand", "false");
        string git = GitWith($"PATH=\"{Path.GetDirectoryName(_ssh.Program)}:$PATH\"", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1");
        // As if the process had been started there: the folder of a command that has none of its own is the process's.
        File.WriteAllText(git, File.ReadAllText(git).Replace("exec ", $"case \"$PWD\" in '{Environment.CurrentDirectory}') cd '{surroundings}';; esac\nexec ", StringComparison.Ordinal));

        string output = Manifests.Builder(_git.Cache, change: o => o with { GitCommand = git }).Build(_git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//base"))).ToYaml();

        Assert.Contains("name: a", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_git_looks_for_no_repository_nobody_can_lay_one()
    {
        // git obeys the configuration of a repository that GIT_DIR names, whoever owns it: a fixed name in a shared folder would do.
        string log = _git.Overlay("", "log") + "/git-dir";
        string git = GitWith("LC_ALL=C");
        File.WriteAllText(git, File.ReadAllText(git).Replace("exec ", $"[ -z \"$GIT_DIR\" ] || echo \"$GIT_DIR\" >> '{log}'\nexec ", StringComparison.Ordinal));

        Manifests.Builder(_git.Cache, change: o => o with { GitCommand = git }).Build(_git.Overlay(Manifests.Kustomization(_git.Url + "//base")));

        string[] named = File.ReadAllLines(log);
        Assert.NotEmpty(named);
        Assert.All(named, d => Assert.False(Path.Exists(d), d));
        Assert.All(named, d => Assert.True(Guid.TryParseExact(d[^32..], "N", out _), d));
    }

    [Theory]
    [InlineData("git@denied.test:acme/fleet.git//base", "Permission denied", "Check the credentials")]
    [InlineData("git@unknown.test:acme/fleet.git//base", "Host key verification failed", "Check the credentials")]
    [InlineData("git@nowhere.test:acme/fleet.git//base", "Could not resolve hostname", "Check the network")]
    [InlineData("git@example.test:acme/none.git//base", "does not appear to be a git repository", "Check the spelling")]
    public void What_ssh_refuses_is_told_with_what_to_do(string url, string message, string remedy)
    {
        UseSsh();

        Diagnostic problem = Problem(url);

        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(remedy, problem.Remedy, StringComparison.Ordinal);
        // Only what may pass is tried again.
        Assert.Equal(remedy == "Check the network" ? 3 : 1, _ssh.Starts.Length);
    }

    [Theory]
    [InlineData("git@-oProxyCommand=touch:acme/fleet.git//base")]
    [InlineData("ssh://-oProxyCommand=touch/acme/fleet.git//base")]
    public void A_host_that_ssh_would_take_for_an_option_is_refused(string url)
    {
        UseSsh();

        Assert.Equal(DiagnosticIds.InvalidValue, Problem(url).Id);
        Assert.Empty(_ssh.Starts);
    }

    [Theory]
    [InlineData("../inner.git", "")]
    [InlineData("../inner.git", "&submodules=true")]
    [InlineData("git@other.test:acme/inner.git", "")]
    [InlineData("ssh://git@other.test/acme/inner.git", "&submodules=1")]
    public void Submodules_come_along_as_with_kustomize(string inner, string query)
    {
        UseSsh();
        AddSubmodule(inner);
        string overlay = _git.Overlay(Manifests.Kustomization($"git@example.test:acme/fleet.git//sub?ref=main{query}"));

        string output = Manifests.Builder(_git.Cache).Build(overlay).ToYaml();
        (int exitCode, string expected, string error) = Oracle.Build(overlay);

        Assert.True(exitCode == 0, error);
        Assert.Equal(expected, output);
        Assert.Contains("name: inner", output, StringComparison.Ordinal);
        Assert.Contains("name: innermost", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Submodules_that_are_not_wanted_are_not_fetched_and_come_when_they_are()
    {
        UseSsh();
        AddSubmodule("../inner.git");
        string without = _git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//base?ref=main&submodules=false"), "without");
        string broken = _git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//sub?ref=main&submodules=false"), "broken");
        string with = _git.Overlay(Manifests.Kustomization("git@example.test:acme/fleet.git//sub?ref=main"), "with");

        string output = Manifests.Builder(_git.Cache).Build(without).ToYaml();
        Assert.DoesNotContain(_ssh.Starts, s => s.Contains("inner", StringComparison.Ordinal));
        KustomizeException missing = Assert.Throws<KustomizeException>(() => Manifests.Builder(_git.Cache).Build(broken));
        Assert.Contains("name: innermost", Manifests.Builder(_git.Cache).Build(with).ToYaml(), StringComparison.Ordinal);

        Assert.Equal(DiagnosticIds.KustomizationFileMissing, Assert.Single(missing.Diagnostics).Id);
        Assert.Equal(Oracle.Build(without).Output, output);
        Assert.NotEqual(0, Oracle.Build(broken).ExitCode);
    }

    [Fact]
    public void A_submodule_that_cannot_be_had_is_told()
    {
        UseSsh();
        AddSubmodule("git@denied.test:acme/inner.git");

        Diagnostic problem = Problem("git@example.test:acme/fleet.git//sub");

        Assert.Equal(DiagnosticIds.RemoteUnavailable, problem.Id);
        Assert.StartsWith("Check the credentials", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Ssh_asks_nothing_for_a_submodule_of_a_repository_that_is_reached_in_another_way()
    {
        Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", null);
        AddSubmodule("git@other.test:acme/inner.git");
        string git = GitWith("PATH=\"" + Path.GetDirectoryName(_ssh.Program) + ":$PATH\"", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1");

        string output = Manifests.Builder(_git.Cache, change: o => o with { GitCommand = git }).Build(_git.Overlay(Manifests.Kustomization(_git.Url + "//sub"))).ToYaml();

        Assert.Contains("name: innermost", output, StringComparison.Ordinal);
        Assert.All(_ssh.Starts, s => Assert.StartsWith("-o|BatchMode=yes|", s, StringComparison.Ordinal));
    }

    [Fact]
    public void Submodules_that_are_files_come_along_where_the_user_allows_git_to()
    {
        UseSsh();
        AddSubmodule("../inner.git");
        string overlay = _git.Overlay(Manifests.Kustomization(_git.Url + "//sub"));

        // git itself refuses submodules that are files of this machine, and what it says is passed on.
        string strict = GitWith("GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1");
        KustomizeException refused = Assert.Throws<KustomizeException>(() => Manifests.Builder(_git.Cache, change: o => o with { GitCommand = strict }).Build(overlay));
        string git = GitWith("GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=protocol.file.allow", "GIT_CONFIG_VALUE_0=always");
        string output = Manifests.Builder(_git.Cache, change: o => o with { GitCommand = git }).Build(overlay).ToYaml();

        Assert.Contains("transport 'file' not allowed", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Contains("name: innermost", output, StringComparison.Ordinal);
    }

    private void UseSsh(string arguments = "") => Environment.SetEnvironmentVariable("GIT_SSH_COMMAND", $"'{_ssh.Program}' {arguments}".TrimEnd());

    private Diagnostic Problem(string url) =>
        Assert.Single(Assert.Throws<KustomizeException>(() => Manifests.Builder(_git.Cache).Build(_git.Overlay(Manifests.Kustomization(url)))).Diagnostics);

    /// <summary>A submodule <c>sub</c> with one of its own, both beside the repository.</summary>
    /// <param name="url">What .gitmodules says where it is.</param>
    private void AddSubmodule(string url)
    {
        foreach (string name in new[] { "innermost", "inner" })
        {
            string folder = Path.Join(_root, "acme", name + ".git");
            Directory.CreateDirectory(folder);
            Git(folder, "init", "--quiet", "--initial-branch=main");
            File.WriteAllText(Path.Join(folder, "map.yaml"), Manifests.ConfigMap(name));
            if (name == "inner")
            {
                Add(folder, "deep", "innermost", "../innermost.git");
            }
            File.WriteAllText(Path.Join(folder, "kustomization.yaml"), name == "inner" ? Manifests.Kustomization("map.yaml", "deep") : Manifests.Kustomization("map.yaml"));
            Git(folder, "add", "--all");
            Git(folder, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=Change");
        }
        Add(_git.Repository, "sub", "inner", url);
        _git.Commit();
    }

    private void Add(string folder, string path, string name, string url)
    {
        Git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "--name", path, new Uri(Path.Join(_root, "acme", name + ".git")).AbsoluteUri, path);
        Git(folder, "config", "--file", ".gitmodules", $"submodule.{path}.url", url);
    }

    private void Git(string folder, params string[] arguments) => _git.Git(["-C", folder, .. arguments]);

    /// <summary>A git with variables of its own, as if the user had set them.</summary>
    private string GitWith(params string[] variables)
    {
        string path = _ssh.Write("git-" + Guid.NewGuid().ToString("n"), $"#!/bin/sh\nunset GIT_SSH\nexport {string.Join(' ', variables)}\nexec git \"$@\"\n");
        SshHarness.MakeExecutable(path);
        return path;
    }
}
