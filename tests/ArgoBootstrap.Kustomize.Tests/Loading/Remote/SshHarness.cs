namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>
/// Stands for ssh: a program that notes how it was started and runs git-upload-pack on this machine. The path that a client
/// asks for counts from a folder, whatever the host.
/// </summary>
internal sealed class SshHarness : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SshHarness(string root)
    {
        Log = _folder.Combine("log");
        Program = _folder.Write("ssh", $"""
            #!/bin/sh
            printf '%s|' "$@" >> '{Log}'
            printf 'prompt=%s askpass=%s%s\n' "$GIT_TERMINAL_PROMPT" "$GIT_ASKPASS" "$SSH_ASKPASS" >> '{Log}'
            for last; do :; done
            case "$last" in
              git-upload-pack*) ;;
              *) exit 0 ;;
            esac
            case "$*" in
              *denied.test*) echo 'git@denied.test: Permission denied (publickey).' >&2; exit 255 ;;
              *unknown.test*) echo 'Host key verification failed.' >&2; exit 255 ;;
              *nowhere.test*) echo 'ssh: Could not resolve hostname nowhere.test: Name or service not known' >&2; exit 255 ;;
            esac
            path=$(printf '%s' "$last" | sed "s/^git-upload-pack '//; s/'\$//; s:^/*::")
            exec git-upload-pack '{root}'/"$path"

            """);
        MakeExecutable(Program);
    }

    /// <summary>The program's path.</summary>
    public string Program { get; }

    private string Log { get; }

    /// <summary>How it was started for a repository, once a line: the arguments, each with a bar behind it, then what git was told about prompts.</summary>
    public string[] Starts => File.Exists(Log) ? [.. File.ReadAllLines(Log).Where(l => l.Contains("git-upload-pack", StringComparison.Ordinal))] : [];

    /// <summary>Writes a file beside it.</summary>
    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Makes a program of a script.</summary>
    public static void MakeExecutable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The program of this test is a shell script.");
            return;
        }
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Dispose();
}
