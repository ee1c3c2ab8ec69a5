using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Runs helm for one chart.</summary>
/// <param name="settings">Which helm.</param>
/// <param name="chart">The chart.</param>
/// <param name="configHome">helm's home, which its cache and data live in as well.</param>
internal sealed partial class HelmCommand(HelmSettings settings, HelmChart chart, string configHome)
{
    private const int LongestReason = 2000;

    // Which helm it is does not change while a process runs, unless it is replaced.
    private static readonly ConcurrentDictionary<(string Command, DateTime Changed), string> Versions = new();

    /// <summary>Runs helm.</summary>
    /// <param name="arguments">Subcommand and arguments.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="KustomizeException">It failed, or there is no helm.</exception>
    public byte[] Run(IReadOnlyList<string> arguments)
    {
        string command = settings.Options.HelmCommand;
        var helm = new ChildProcess(command, arguments)
        {
            MaximumOutputBytes = settings.Options.Limits.MaximumFileBytes,
            Environment = new Dictionary<string, string?>
            {
                ["HELM_CONFIG_HOME"] = configHome,
                ["HELM_CACHE_HOME"] = configHome + "/.cache",
                ["HELM_DATA_HOME"] = configHome + "/.data",
            },
        };
        try
        {
            ChildProcessResult result = helm.Run(settings.Cancellation);
            return result.ExitCode == 0 ? result.Output : throw new KustomizeException(
                DiagnosticIds.HelmFailed, $"'helm {arguments[0]}' failed for the chart '{chart.Name}': {Reason(result.Error)}", chart.Position,
                arguments[0] == "pull" ? "Check repo, name and version of the chart, and the network." : "Correct the chart or its values.");
        }
        catch (Win32Exception)
        {
            throw new KustomizeException(
                DiagnosticIds.HelmFailed, $"The chart '{chart.Name}' needs helm, but there is no program '{command}'.", chart.Position, "Install helm 3 or 4, or name it in HelmCommand.");
        }
        catch (FileTooLongException e)
        {
            throw new KustomizeException(
                DiagnosticIds.LimitExceeded, $"The chart '{chart.Name}' renders too much: {e.Message}", chart.Position, "Render less, or raise MaximumFileBytes.");
        }
    }

    /// <summary>Refuses a helm of another generation than kustomize accepts.</summary>
    /// <exception cref="KustomizeException">It is neither helm 3 nor helm 4, or there is no helm.</exception>
    public void CheckVersion()
    {
        string command = settings.Options.HelmCommand;
        // A name that is looked up in the PATH has no date: it is asked once in a process.
        var key = (command, File.Exists(command) ? File.GetLastWriteTimeUtc(command) : DateTime.MinValue);
        if (!Versions.TryGetValue(key, out string? said))
        {
            Versions[key] = said = System.Text.Encoding.UTF8.GetString(Run(["version", "--short"])).Trim();
        }
        string version = VersionPattern().Match(said).Value.TrimStart('v');
        if (version.Split('.')[0] is not ("3" or "4"))
        {
            throw new KustomizeException(
                DiagnosticIds.HelmFailed, version.Length == 0 ? $"'{command}' does not tell its version." : $"'{command}' is helm {version}, but charts need helm 3 or 4.",
                chart.Position, "Install helm 3 or 4, or name it in HelmCommand.");
        }
    }

    private static string Reason(string said)
    {
        string text = UrlRedaction.Text(string.Join(" ", said.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("WARNING:", StringComparison.Ordinal))));
        text = text.StartsWith("Error: ", StringComparison.Ordinal) ? text[7..] : text;
        return text.Length == 0 ? "it gave no reason." : (text.Length <= LongestReason ? text : text[..LongestReason] + "…").TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"v?\d+(\.\d+)+")]
    private static partial Regex VersionPattern();
}
