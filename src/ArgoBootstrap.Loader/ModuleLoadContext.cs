using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ArgoBootstrap.Loader;

/// <summary>
/// Keeps the module's assemblies and their dependencies apart from those of PowerShell and of other modules, so that
/// each can bring its own version of YamlDotNet and the like. What the module does not ship comes from PowerShell.
/// Assemblies that were compiled ahead of time for this platform and version of .NET are preferred.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string ModuleAssemblyName = "ArgoBootstrap.PowerShell";

    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Loaded = new(StringComparer.Ordinal);

    private readonly string _directory;
    private readonly string _precompiled;

    private ModuleLoadContext(string directory)
        : base($"ArgoBootstrap ({directory})")
    {
        _directory = directory;
        _precompiled = Path.Join(directory, "precompiled", Target);
    }

    /// <summary>The folder below <c>precompiled</c> for this platform and version of .NET: <c>net10.0-linux-x64</c>.</summary>
    public static string Target { get; } =
        $"net{Environment.Version.Major}.0-{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Loads the assembly that holds the cmdlets, once per folder and process.</summary>
    /// <param name="directory">The folder that holds the module's assemblies.</param>
    /// <returns>The same assembly for every import from that folder.</returns>
    /// <exception cref="FileNotFoundException">The folder does not hold the assembly: the module was not built.</exception>
    public static Assembly LoadModule(string directory) =>
        Loaded.GetOrAdd(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)),
            folder => new Lazy<Assembly>(() => new ModuleLoadContext(folder).LoadCmdlets())).Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = PathOf(assemblyName.Name);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private Assembly LoadCmdlets()
    {
        string path = PathOf(ModuleAssemblyName);
        return File.Exists(path)
            ? LoadFromAssemblyPath(path)
            : throw new FileNotFoundException($"The module's binaries are not there: {path} does not exist. Run 'dotnet build' in the repository.", path);
    }

    private string PathOf(string? name)
    {
        string precompiled = Path.Join(_precompiled, name + ".dll");
        return File.Exists(precompiled) ? precompiled : Path.Join(_directory, name + ".dll");
    }
}
