using System.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>The real kustomize binary, where there is one: <c>$KUSTOMIZE</c>, the PATH, or what lies beside the repository.</summary>
internal static class Oracle
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Path of the binary, or null.</summary>
    public static string? Path => Found.Value;

    /// <summary>What the binary prints for a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="flags">Flags of <c>kustomize build</c>.</param>
    public static (int ExitCode, string Output, string Error) Build(string folder, params IReadOnlyList<string> flags)
    {
        Assert.SkipWhen(Path is null, "no kustomize binary: neither $KUSTOMIZE nor the PATH has one");
        return Run(Path!, ["build", .. flags, folder]);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("KUSTOMIZE") is { Length: > 0 } named)
        {
            return named;
        }
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
        {
            string candidate = System.IO.Path.Join(folder, OperatingSystem.IsWindows() ? "kustomize.exe" : "kustomize");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }
        if (RepositoryFiles.Shared("tools/get-kustomize.sh") is not string script)
        {
            return null;
        }
        try
        {
            (int exitCode, string output, _) = Run("bash", [script]);
            return exitCode == 0 ? output.Trim() : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static (int ExitCode, string Output, string Error) Run(string program, IReadOnlyList<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
