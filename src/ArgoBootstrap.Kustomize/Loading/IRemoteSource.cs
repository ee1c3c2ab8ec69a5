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
    /// <returns>The file, or null when the URL names a repository.</returns>
    /// <exception cref="Diagnostics.KustomizeException">The file cannot be fetched.</exception>
    SourceEntry? FetchFile(Located<string> url, YamlLimits limits);

    /// <summary>Clones the repository that a path names.</summary>
    /// <param name="path">The path, with the place where it is written.</param>
    /// <returns>The clone, or null when the path does not name a repository.</returns>
    /// <exception cref="Diagnostics.KustomizeException">The repository cannot be cloned.</exception>
    RemoteFolder? Clone(Located<string> path);
}

/// <summary>A folder of a cloned repository.</summary>
/// <param name="Folder">Real path of the folder.</param>
/// <param name="Repository">Real path of the clone.</param>
/// <param name="CloneUrl">URL of the repository, for <c>buildMetadata</c>.</param>
/// <param name="Ref">Branch, tag or commit; empty for the default branch.</param>
/// <param name="PathInRepository">Path of the folder in the repository; empty for its top.</param>
internal sealed record RemoteFolder(string Folder, string Repository, string CloneUrl, string Ref, string PathInRepository);
