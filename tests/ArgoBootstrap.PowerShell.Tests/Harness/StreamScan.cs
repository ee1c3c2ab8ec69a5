using System.Management.Automation;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Looks for secrets in all that a pipeline says.</summary>
internal static class StreamScan
{
    private const string Source = "streams of a cmdlet";

    /// <summary>Looks through every stream but the output, as it is written.</summary>
    /// <param name="streams">The streams of a pipeline that has not begun.</param>
    public static void Watch(PSDataStreams streams)
    {
        Watch(streams.Error, Collect);
        Watch(streams.Warning, record => SecretScan.Collect(Source, record.Message));
        Watch(streams.Verbose, record => SecretScan.Collect(Source, record.Message));
        Watch(streams.Debug, record => SecretScan.Collect(Source, record.Message));
        Watch(streams.Information, record => SecretScan.Collect(Source, record.ToString()));
        Watch(streams.Progress, record => SecretScan.Collect(Source, $"{record.Activity}\n{record.StatusDescription}\n{record.CurrentOperation}"));
    }

    /// <summary>Looks through an error, with everything that a view could show of it.</summary>
    /// <param name="error">The error.</param>
    public static void Collect(ErrorRecord error) =>
        SecretScan.Collect(Source, $"{error}\n{error.Exception}\n{error.ErrorDetails?.Message}\n{error.ErrorDetails?.RecommendedAction}\n{error.TargetObject}\n{error.CategoryInfo}\n{error.FullyQualifiedErrorId}");

    /// <summary>Looks through objects: as text, as the module's views show them, and in all their properties.</summary>
    /// <param name="output">The objects.</param>
    /// <param name="show">Makes a pipeline in the session that knows the views.</param>
    public static void Collect(IReadOnlyCollection<PSObject?> output, Func<string, object?[], System.Management.Automation.PowerShell> show)
    {
        SecretScan.Collect(Source, string.Join('\n', output));

        // Rendered objects are what was asked for, secrets in them included. What the module says of them must have none.
        PSObject[] results = [.. output.OfType<PSObject>().Where(o => o.BaseObject.GetType().FullName!.StartsWith("ArgoBootstrap.", StringComparison.Ordinal))];
        if (results.Length > 0)
        {
            using System.Management.Automation.PowerShell pipeline = show("param($results) $results | Out-Host; [System.Management.Automation.PSSerializer]::Serialize($results, 5)", [results]);
            SecretScan.Collect("properties of results", string.Join('\n', pipeline.Invoke()));
        }
    }

    private static void Watch<T>(PSDataCollection<T> stream, Action<T> collect) => stream.DataAdded += (_, added) => collect(stream[added.Index]);
}
