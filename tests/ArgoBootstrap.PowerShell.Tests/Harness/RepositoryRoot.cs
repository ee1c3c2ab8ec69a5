namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Paths of this repository.</summary>
internal static class RepositoryRoot
{
    public static string Path => RepositoryFiles.Root;

    public static string Manifest { get; } = Combine("ArgoBootstrap.psd1");

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
