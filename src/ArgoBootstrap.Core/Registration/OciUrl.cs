using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Registration;

/// <summary>The addresses of OCI registries, as Argo CD writes them: with <c>oci://</c> where it reads the artifact itself, without a scheme where Helm does.</summary>
internal static partial class OciUrl
{
    /// <summary>What the address of a native OCI source begins with; Argo CD compares it in lower case.</summary>
    public const string Scheme = "oci://";

    /// <summary>Whether an address begins with <c>oci://</c>.</summary>
    /// <param name="url">The address.</param>
    public static bool HasScheme(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Host and path of an address.</summary>
    /// <param name="url">The address, with or without <c>oci://</c>.</param>
    public static string WithoutScheme(string url) => HasScheme(url) ? url[Scheme.Length..] : url;

    /// <summary>What is wrong with the address of a repository in an OCI registry.</summary>
    /// <param name="credential">A repository of the kind <see cref="RepositoryKind.Oci"/> or <see cref="RepositoryKind.HelmOci"/>.</param>
    /// <returns>Null when nothing is.</returns>
    public static string? Fault(RepositoryCredential credential)
    {
        string rest = WithoutScheme(credential.Url);
        if (rest.Contains("://", StringComparison.Ordinal))
        {
            return $"the URL is not one of an OCI registry, which is written {(credential.Kind == RepositoryKind.Oci ? "oci://registry/name" : "registry/name")}";
        }
        if (credential.Kind == RepositoryKind.Oci && !HasScheme(credential.Url))
        {
            return "the URL of an OCI source begins with oci://; for Helm charts in a registry, whose URL has no scheme, use -Kind HelmOci";
        }
        string[] parts = rest.TrimEnd('/').Split('/', 2);
        if (!Registry().IsMatch(parts[0]))
        {
            return "its URL names no registry";
        }
        if (parts.Length == 1)
        {
            // A chart's name follows in the Application; a native source is the artifact itself (OCI distribution: name is host and path).
            return credential is { Kind: RepositoryKind.Oci, IsTemplate: false } ? "the URL of an OCI source names registry and artifact: oci://registry/name" : null;
        }
        return TagOrDigest().IsMatch(parts[1]) ? "its URL has a tag or digest, which belongs into targetRevision of the Application"
            : !Path().IsMatch(parts[1]) ? "names in an OCI registry are made of a to z, 0 to 9, '.', '_', '-' and '/'"
            : null;
    }

    [GeneratedRegex(@"^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Registry();

    /// <summary>OCI distribution specification, pulling manifests: what a name may be.</summary>
    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"[:@][^/]*$", RegexOptions.CultureInvariant)]
    private static partial Regex TagOrDigest();
}
