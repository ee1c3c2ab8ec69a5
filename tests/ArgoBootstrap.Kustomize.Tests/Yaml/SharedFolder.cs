using System.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

/// <summary>Finds the folder <c>shared</c> beside the repository, and the real kustomize through it; both may be missing.</summary>
internal static class SharedFolder
{
    /// <summary>The folder, or null.</summary>
    internal static string? Path { get; } = Find();

    private static readonly Lazy<string?> Binary = new(FindKustomize);

    /// <summary>A file in the folder; the test is skipped when it is not there.</summary>
    internal static string Require(params string[] parts)
    {
        string? file = Path is null ? null : System.IO.Path.Combine([Path, .. parts]);
        Assert.SkipUnless(file is not null && (File.Exists(file) || Directory.Exists(file)), "The shared folder is not there.");
        return file;
    }

    /// <summary>The real kustomize; the test is skipped when it is not to be had.</summary>
    internal static string RequireKustomize()
    {
        Assert.SkipUnless(Binary.Value is not null, "The kustomize binary is not to be had.");
        return Binary.Value;
    }

    /// <summary>Builds a folder with the real kustomize.</summary>
    internal static (int ExitCode, string Output, string Error) Build(string folder)
    {
        var start = new ProcessStartInfo(RequireKustomize()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["build", "--reorder", "none", folder])
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ArgoBootstrap.slnx")))
            {
                for (DirectoryInfo? up = folder.Parent; up is not null; up = up.Parent)
                {
                    string candidate = System.IO.Path.Combine(up.FullName, "shared");
                    if (Directory.Exists(System.IO.Path.Combine(candidate, "kustomize")))
                    {
                        return candidate;
                    }
                }
            }
        }
        return null;
    }

    private static string? FindKustomize()
    {
        string? tool = Path is null ? null : System.IO.Path.Combine(Path, "tools", "get-kustomize.sh");
        if (tool is null || !File.Exists(tool) || OperatingSystem.IsWindows())
        {
            return null;
        }
        using Process process = Process.Start(new ProcessStartInfo("bash", [tool]) { RedirectStandardOutput = true })!;
        string path = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && File.Exists(path) ? path : null;
    }
}
