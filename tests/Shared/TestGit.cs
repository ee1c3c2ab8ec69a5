using System.ComponentModel;
using System.Diagnostics;

namespace ArgoBootstrap.Tests;

/// <summary>Makes Git repositories of folders that tests fill.</summary>
internal static class TestGit
{
    /// <summary>Makes a repository with the branch main of a folder. A machine without git skips the test.</summary>
    /// <param name="folder">The absolute path of the folder.</param>
    public static void Init(string folder)
    {
        try
        {
            Run(folder, "init", "--quiet", "--initial-branch=main");
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no git");
        }
    }

    /// <summary>Commits everything in a folder.</summary>
    /// <param name="folder">The absolute path of the repository.</param>
    /// <returns>The commit's id.</returns>
    public static string Commit(string folder)
    {
        Run(folder, "add", "--all");
        Run(folder, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--no-verify", "--message=Change");
        return Run(folder, "rev-parse", "HEAD").Trim();
    }

    /// <summary>Runs git.</summary>
    /// <param name="folder">The folder in which it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Run(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(error.Result);
    }
}
