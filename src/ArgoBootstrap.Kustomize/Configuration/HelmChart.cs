using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>helmCharts</c>.</summary>
/// <param name="Name">Name of the chart.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record HelmChart(string Name, SourcePosition Position)
{
    /// <summary>Version of the chart.</summary>
    public string Version { get; init; } = "";

    /// <summary>URL of the chart repository.</summary>
    public string Repo { get; init; } = "";

    /// <summary>Name of the release.</summary>
    public string ReleaseName { get; init; } = "";

    /// <summary>Namespace of the release.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Values files to use beside <see cref="ValuesFile"/>.</summary>
    public IReadOnlyList<Located<string>> AdditionalValuesFiles { get; init; } = [];

    /// <summary>Values file to use instead of the chart's own.</summary>
    public Located<string> ValuesFile { get; init; } = new("", SourcePosition.None);

    /// <summary>Values given in place, or null.</summary>
    public MappingNode? ValuesInline { get; init; }

    /// <summary>How the values given in place meet those of the file: <c>merge</c>, <c>override</c>, <c>replace</c> or empty.</summary>
    public string ValuesMerge { get; init; } = "";

    /// <summary>Whether the chart's CRDs are rendered.</summary>
    public bool IncludeCrds { get; init; }

    /// <summary>Whether hooks are left out.</summary>
    public bool SkipHooks { get; init; }

    /// <summary>API versions that the chart may assume.</summary>
    public IReadOnlyList<string> ApiVersions { get; init; } = [];

    /// <summary>Kubernetes version that the chart may assume.</summary>
    public string KubeVersion { get; init; } = "";

    /// <summary>Template of the release's name.</summary>
    public string NameTemplate { get; init; } = "";

    /// <summary>Whether tests are left out.</summary>
    public bool SkipTests { get; init; }

    /// <summary>Whether helm prints debug output.</summary>
    public bool Debug { get; init; }

    /// <summary>Whether development versions are allowed.</summary>
    public bool Devel { get; init; }
}

/// <summary><c>helmGlobals</c>.</summary>
/// <param name="ChartHome">Folder of charts, relative to the kustomization; empty for <c>charts</c>.</param>
/// <param name="ConfigHome">What helm gets as its home; empty for a temporary folder.</param>
public sealed record HelmGlobals(string ChartHome, string ConfigHome);
