namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>An audit log for all tests of this process, which only have the environment variable in common.</summary>
internal static class AuditLogFile
{
    /// <summary>The name of the environment variable.</summary>
    public const string Variable = "ARGOBOOTSTRAP_AUDIT_LOG";

    /// <summary>Where it is. Cmdlets write to it from the first use of this on.</summary>
    public static string Path { get; } = Start();

    /// <summary>The lines of a context.</summary>
    /// <param name="text">What only the wanted lines contain.</param>
    public static IReadOnlyList<string> Lines(string text) => File.Exists(Path) ? [.. File.ReadLines(Path).Where(line => line.Contains(text, StringComparison.Ordinal))] : [];

    private static string Start()
    {
        string path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("argobootstrap-audit-").FullName, "audit.jsonl");
        Environment.SetEnvironmentVariable(Variable, path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(System.IO.Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }
}
