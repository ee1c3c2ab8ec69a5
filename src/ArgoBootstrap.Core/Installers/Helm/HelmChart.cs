using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>A chart with the values that it is installed with.</summary>
public sealed record HelmChart
{
    /// <summary>Name of the release.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>Name of the chart, its folder or archive, or an <c>oci://</c> address.</summary>
    public required string Chart { get; init; }

    /// <summary>The chart repository's address; empty for a folder, an archive or an <c>oci://</c> address.</summary>
    public string RepositoryUrl { get; init; } = "";

    /// <summary>The chart's version; empty for a folder or an archive.</summary>
    public string Version { get; init; } = "";

    /// <summary>The values as JSON; they may hold secrets, so they are never printed and reach <c>helm</c> through its standard input.</summary>
    public string ValuesJson { get; init; } = "{}";

    /// <summary>Whether CRDs in the chart's <c>crds</c> folder are left out.</summary>
    public bool SkipCrds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Chart} {Version}".TrimEnd();

    internal JsonObject Values => JsonNode.Parse(ValuesJson) as JsonObject ?? [];

    /// <summary>Registers every value whose name says that it is secret with a masker.</summary>
    internal void RegisterSecrets(SecretMasker masker) => SensitiveJson.Register(Values, masker);
}
