using System.Diagnostics;

namespace ArgoBootstrap.Tests;

/// <summary>Programs that tests start: the real ones, where they are found, and scripts that stand in for them.</summary>
internal static class TestPrograms
{
    /// <summary>The real kustomize (<c>$KUSTOMIZE</c>, or the PATH), or the test is skipped.</summary>
    public static string KustomizeOrSkip()
    {
        string? found = Environment.GetEnvironmentVariable("KUSTOMIZE") is { Length: > 0 } named ? named : InPath("kustomize");
        Assert.SkipWhen(found is null, "no kustomize binary: neither $KUSTOMIZE nor the PATH has one");
        return found!;
    }

    /// <summary>The real kubectl, or the test is skipped.</summary>
    public static string KubectlOrSkip()
    {
        string? found = InPath("kubectl");
        Assert.SkipWhen(found is null, "no kubectl in the PATH");
        return found!;
    }

    /// <summary>
    /// Makes a program of a shell script; not on Windows, where the test is skipped. Another program puts the file in place: as
    /// long as this process has it open for writing, or a child that it has just forked, the system refuses to start it.
    /// </summary>
    /// <param name="file">The absolute path of the program.</param>
    /// <param name="script">What it does.</param>
    /// <returns>The path.</returns>
    public static string StandIn(string file, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program's stand-in is a shell script");
        File.WriteAllText(file + ".txt", "#!/bin/sh\n" + script);
        using Process process = Process.Start("install", ["-m", "700", file + ".txt", file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return file;
    }

    private static string? InPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
