using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace ArgoBootstrap.Tests;

/// <summary>The PowerShell that the repository's tool manifest pins. The build of the tests restores it, so that it is there on every machine.</summary>
internal static class PinnedPowerShell
{
    private static readonly Lazy<string> Program = new(Locate);

    /// <summary>How to start it, with output and errors redirected and nothing to read.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo Start(string location, params IEnumerable<string> arguments) =>
        new("dotnet", ["exec", Program.Value, "-NoProfile", "-NonInteractive", .. arguments])
        {
            WorkingDirectory = location,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        };

    private static string Locate()
    {
        string manifest = Path.Combine(RepositoryFiles.Root, ".config", "dotnet-tools.json");
        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(manifest));
        string version = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        string packages = typeof(PinnedPowerShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        // Where the tool's own shim looks.
        string program = Path.Combine(packages, "powershell", version, "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException($"PowerShell {version} is not restored. Run 'dotnet tool restore'.", program);
    }
}
