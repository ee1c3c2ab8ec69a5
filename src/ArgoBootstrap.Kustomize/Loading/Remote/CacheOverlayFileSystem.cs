namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Files that are not those of the machine, with the cache of remote things laid over them.</summary>
/// <param name="files">The files.</param>
/// <param name="cache">The cache.</param>
internal sealed class CacheOverlayFileSystem(IFileSystem files, CacheDirectory cache) : IFileSystem
{
    private string? _realRoot;

    /// <inheritdoc/>
    public bool FileExists(string path) => For(path).FileExists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => For(path).DirectoryExists(path);

    /// <inheritdoc/>
    public byte[] ReadFile(string path, long maximumBytes) => For(path).ReadFile(path, maximumBytes);

    /// <inheritdoc/>
    public string ResolveLinks(string path) => For(path).ResolveLinks(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListNames(string path) => For(path).ListNames(path);

    private IFileSystem For(string path)
    {
        if (_realRoot is null && Directory.Exists(cache.Root))
        {
            _realRoot = PhysicalFileSystem.Instance.ResolveLinks(cache.Root);
        }
        return _realRoot is not null && FileGate.IsInside(_realRoot, path) ? PhysicalFileSystem.Instance : files;
    }
}
