using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Refuses everything that is not local.</summary>
internal sealed class LocalOnly : IRemoteSource
{
    /// <summary>The one instance.</summary>
    public static LocalOnly Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsRemoteFile(string path) =>
        path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal);

    /// <inheritdoc/>
    public SourceEntry? FetchFile(Located<string> url, YamlLimits limits, bool mayBeRepository, CancellationToken cancellation) => throw new KustomizeException(
        DiagnosticIds.RemoteUnavailable, "This build reads local files only.", url.Position, "Keep a copy of the file in the repository and name that.");

    /// <inheritdoc/>
    public RemoteFolder? Clone(Located<string> path, CancellationToken cancellation) => null;
}
