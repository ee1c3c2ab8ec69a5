using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers;

/// <summary>Where a manifest comes from: a file, or a pinned address.</summary>
public sealed record ManifestSource
{
    /// <summary>The release that is installed when none is named.</summary>
    public const string DefaultVersion = "v3.5.1";

    // What argoproj/argo-cd has at the tag of the release.
    private static readonly Dictionary<(string Version, bool IsHighlyAvailable), string> KnownChecksums = new()
    {
        [("v3.5.1", false)] = "795a3a972224da6a7f9d32c3e946445f062b60fb46028476715affeb688236e3",
        [("v3.5.1", true)] = "1d7b6baa0769ff8a5757c61e2c677ae0939a15e86e149f64df6b12435db5c4b2",
    };

    /// <summary>The releases whose checksums are known, newest first.</summary>
    public static IReadOnlyList<string> KnownVersions { get; } = [.. KnownChecksums.Keys.Select(k => k.Version).Distinct().OrderByDescending(ReleaseVersion.TryParse)];

    private ManifestSource()
    {
    }

    /// <summary>A local file; empty when it is downloaded.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The address; null for a local file.</summary>
    public Uri? Url { get; private init; }

    /// <summary>The expected SHA-256 in hexadecimal; empty when it is not known.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The release; empty where the source does not say.</summary>
    public string Version { get; private init; } = "";

    /// <summary>A file on this machine.</summary>
    /// <param name="path">Its path.</param>
    public static ManifestSource FromFile(string path) => new() { Path = path };

    /// <summary>A file on a server.</summary>
    /// <param name="url">Its address; it has to be https.</param>
    /// <param name="sha256">The expected SHA-256 in hexadecimal; empty when it is not known.</param>
    public static ManifestSource FromUrl(Uri url, string sha256 = "") => new() { Url = url, Sha256 = sha256 };

    /// <summary>The manifest with several replicas of everything, of the same release of Argo CD; this one where it does not belong to a release.</summary>
    public ManifestSource HighlyAvailable() =>
        Url is { } url && url.AbsolutePath.Split('/') is [_, "argoproj", "argo-cd", var tag, "manifests", "install.yaml"] ? ForArgoCD(tag, isHighlyAvailable: true) : this;

    /// <summary>Argo CD's own manifest of a release, from its repository at the release's tag.</summary>
    /// <param name="version">The release: <c>v3.5.1</c>.</param>
    /// <param name="isHighlyAvailable">Whether it is the manifest with several replicas of everything.</param>
    /// <exception cref="OperationException">The version is none.</exception>
    public static ManifestSource ForArgoCD(string version, bool isHighlyAvailable = false)
    {
        if (ReleaseVersion.TryParse(version) is null)
        {
            throw new OperationException(ErrorIds.InvalidRequest, $"'{version}' is not a valid Argo CD version.", "Name a release such as v3.5.1.");
        }
        string tag = version.StartsWith('v') ? version : "v" + version;
        return FromUrl(
            new Uri($"https://raw.githubusercontent.com/argoproj/argo-cd/{tag}/manifests/{(isHighlyAvailable ? "ha/" : "")}install.yaml"),
            KnownChecksums.GetValueOrDefault((tag, isHighlyAvailable), "")) with { Version = tag };
    }

    /// <inheritdoc/>
    public override string ToString() => Url?.ToString() ?? Path;
}
