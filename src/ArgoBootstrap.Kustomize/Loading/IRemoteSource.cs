using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Fetches what a kustomization names by URL: single files over HTTP, and folders of Git repositories.</summary>
internal interface IRemoteSource
{
    /// <summary>Whether a path is the URL of a file.</summary>
    /// <param name="path">The path as written.</param>
    bool IsRemoteFile(string path);

    /// <summary>Fetches a file.</summary>
    /// <param name="url">The URL, with the place where it is written.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <param name="mayBeRepository">Whether the URL may name a repository instead, which is found out by asking.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The file, or null when the URL names a repository.</returns>
    /// <exception cref="Diagnostics.KustomizeException">The file cannot be fetched.</exception>
    SourceEntry? FetchFile(Located<string> url, YamlLimits limits, bool mayBeRepository, CancellationToken cancellation);

    /// <summary>Clones the repository that a path names.</summary>
    /// <param name="path">The path, with the place where it is written.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The clone, or null when the path does not name a repository.</returns>
    /// <exception cref="Diagnostics.KustomizeException">The repository cannot be cloned.</exception>
    RemoteFolder? Clone(Located<string> path, CancellationToken cancellation);
}

/// <summary>A folder of a cloned repository.</summary>
/// <param name="Folder">Real path of the folder.</param>
/// <param name="Repository">Real path of the clone.</param>
/// <param name="IsPinned">Whether a full commit id is named: it is the same for ever then.</param>
internal sealed record RemoteFolder(string Folder, string Repository, bool IsPinned);
