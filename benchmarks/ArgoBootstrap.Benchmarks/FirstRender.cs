using System.Diagnostics;
using System.Globalization;
using ArgoBootstrap.Kustomize;

namespace ArgoBootstrap.Benchmarks;

/// <summary>The first render of a process: the call itself, with the JIT's work, without the host's start-up.</summary>
public static class FirstRender
{
    /// <summary>Renders a folder once and prints how long the call took.</summary>
    public static int Run(string folder, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        new KustomizeBuilder().Build(folder).WriteYaml(Stream.Null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms"));
        return 0;
    }
}
