using System.Globalization;

namespace ArgoBootstrap.Benchmarks.Clusters;

/// <summary>What is applied, and how often.</summary>
public sealed record ApplyOptions
{
    /// <summary>Folder with Argo CD's manifests, <c>v3.5.1/</c> below it.</summary>
    public string ArgoCDManifests { get; init; } = "";

    /// <summary>The manifest below that folder.</summary>
    public string Manifest { get; init; } = "v3.5.1/ha/install.yaml";

    /// <summary>Clusters that each side gets.</summary>
    public int Runs { get; init; } = 5;

    /// <summary>The kubectl binary; the one beside the server's when empty.</summary>
    public string Kubectl { get; init; } = "";

    /// <summary>The pwsh binary; the one on <c>PATH</c> when empty.</summary>
    public string PowerShell { get; init; } = "";

    /// <summary>Reads the command line.</summary>
    public static ApplyOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ApplyOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value.");
            options = arguments[i] switch
            {
                "--argo-cd" => options with { ArgoCDManifests = Value() },
                "--manifest" => options with { Manifest = Value() },
                "--runs" => options with { Runs = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--kubectl" => options with { Kubectl = Value() },
                "--pwsh" => options with { PowerShell = Value() },
                string unknown => throw new ArgumentException($"Unknown option {unknown}. There are --argo-cd FOLDER, --manifest FILE, --runs N, --kubectl PATH and --pwsh PATH."),
            };
        }
        return options;
    }
}
