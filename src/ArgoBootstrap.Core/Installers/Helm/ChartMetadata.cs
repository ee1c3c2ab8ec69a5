using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>What a chart says about itself, as far as it matters here (Helm, "The Chart.yaml file").</summary>
internal sealed class ChartMetadata
{
    /// <summary>The name of the file in a chart's folder.</summary>
    public const string FileName = "Chart.yaml";

    /// <summary>The chart's name.</summary>
    public string? Name { get; init; }

    /// <summary>The chart's version.</summary>
    public string? Version { get; init; }

    /// <summary>The charts that it needs.</summary>
    public List<ChartDependency>? Dependencies { get; init; }

    /// <summary>Reads the text of a <c>Chart.yaml</c>, or of <c>helm show chart</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: it is not such a text.</exception>
    public static ChartMetadata Read(string text, string source)
    {
        try
        {
            return new DeserializerBuilder()
                .WithNamingConvention(CamelCaseNamingConvention.Instance)
                .IgnoreUnmatchedProperties()
                .Build()
                .Deserialize<ChartMetadata?>(text) ?? new ChartMetadata();
        }
        catch (YamlException exception)
        {
            throw new OperationException(
                ErrorIds.ChartNotDescribed,
                $"{source}:{exception.Start.Line}:{exception.Start.Column}: The chart's description cannot be read: {(exception.InnerException ?? exception).Message}",
                "Correct its Chart.yaml ('helm lint' checks it).");
        }
    }
}

/// <summary>A chart that another one needs.</summary>
internal sealed class ChartDependency
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }
}
