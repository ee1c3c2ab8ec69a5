namespace ArgoBootstrap.Kustomize.Tests.Yaml;

/// <summary>A folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("argobootstrap-yaml-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
