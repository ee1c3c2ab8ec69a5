using System.Globalization;

namespace ArgoBootstrap.Benchmarks;

/// <summary>What a comparison runs.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The kustomize binary.</summary>
    public string Kustomize { get; init; } = Environment.GetEnvironmentVariable("KUSTOMIZE") ?? "kustomize";

    /// <summary>Counted runs of each side, taken in turn.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>Most roots that the peer builds in one run; its time is scaled to all of them.</summary>
    public int PeerSample { get; init; } = 20;

    /// <summary>Most resources in one root that the peer is given: its cost grows with the square.</summary>
    public int PeerResources { get; init; } = 4000;

    /// <summary>Names of the scenarios to run; empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Folder with Argo CD's manifests, <c>v3.5.1/</c> below it; empty to leave out what needs them.</summary>
    public string ArgoCDManifests { get; init; } = "";

    /// <summary>Reads the command line.</summary>
    public static ComparisonOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ComparisonOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value.");
            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);
            options = arguments[i] switch
            {
                "--kustomize" => options with { Kustomize = Value() },
                "--runs" => options with { Runs = Number() },
                "--peer-sample" => options with { PeerSample = Number() },
                "--peer-resources" => options with { PeerResources = Number() },
                "--argo-cd" => options with { ArgoCDManifests = Value() },
                string name when !name.StartsWith('-') => options with { Scenarios = [.. options.Scenarios, name] },
                string unknown => throw new ArgumentException(
                    $"Unknown option {unknown}. There are --kustomize PATH, --runs N, --peer-sample N, --peer-resources N, --argo-cd FOLDER, and names of scenarios."),
            };
        }
        return options;
    }
}
