namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>Finds the kustomize binary: <c>$KUSTOMIZE</c>, or the PATH.</summary>
internal static class ReferenceLocator
{
    /// <summary>Path of the binary, or null.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("KUSTOMIZE") is { Length: > 0 } named)
        {
            return named;
        }
        string name = OperatingSystem.IsWindows() ? "kustomize.exe" : "kustomize";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);
    }
}
