using System.Text;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Starts <c>helm</c> (3.17 or later, for <c>--take-ownership</c>) against one cluster. Credentials stay in the kubeconfig, values go to its standard input.</summary>
/// <param name="runner">Starts it.</param>
/// <param name="connection">Which cluster.</param>
/// <param name="program">The program; a name on <c>PATH</c>, or a path.</param>
public sealed class HelmClient(IProcessRunner runner, ClusterConnectionOptions connection, string program = "helm")
{
    private const int LongestExcerpt = 2000;

    /// <summary>The first that has <c>--take-ownership</c>.</summary>
    private const string OldestVersion = "v3.17.0";

    /// <summary>What is kept of a call's time for questions after helm has given up.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    /// <summary>The command that would install a chart, for plans. Values are not part of it.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="ns">Namespace of the release.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ChartNotDescribed"/>: the chart's folder lacks what the chart depends on.</exception>
    public string Describe(HelmChart chart, string ns)
    {
        ChartDependencies.Require(chart.Chart);
        return new ProcessRequest(program, UpgradeArguments(chart, ns, takeOwnership: false, TimeSpan.Zero)).ToString();
    }

    /// <summary>Installs a chart, or upgrades its release.</summary>
    /// <param name="chart">The chart and its values.</param>
    /// <param name="ns">Namespace of the release; it must exist.</param>
    /// <param name="takeOwnership">Whether objects that are there and belong to no release become the release's.</param>
    /// <param name="timeout">How long it may take, hooks included.</param>
    /// <param name="output">Told of each line that helm prints.</param>
    /// <param name="cancellationToken">Ends helm. The next run repairs what that leaves pending.</param>
    /// <exception cref="OperationException"><see cref="ProcessErrorIds.ProgramNotFound"/>, <see cref="ProcessErrorIds.ProgramFailed"/> with helm's own text.</exception>
    public Task<string> UpgradeAsync(HelmChart chart, string ns, bool takeOwnership, TimeSpan timeout, IProgress<string>? output = null, CancellationToken cancellationToken = default) =>
        RunAsync(UpgradeArguments(chart, ns, takeOwnership, OwnTime(timeout)), connection.Deadline.Limit(timeout), output, cancellationToken, Encoding.UTF8.GetBytes(chart.ValuesJson));

    /// <summary>The version of a chart that is named without one: from its <c>Chart.yaml</c> where it is on this machine, otherwise from helm.</summary>
    /// <param name="chart">The chart's folder or archive, or its <c>oci://</c> address.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <exception cref="OperationException"><see cref="ProcessErrorIds.ProgramNotFound"/>, <see cref="ProcessErrorIds.ProgramFailed"/>: there is no chart; <see cref="ErrorIds.ChartNotDescribed"/>: it cannot be read.</exception>
    public async Task<string> ChartVersionAsync(string chart, CancellationToken cancellationToken = default)
    {
        ChartDependencies.Require(chart);
        if (ChartFile.VersionOf(chart) is { } version)
        {
            return version;
        }
        string text = await RunAsync(["show", "chart", chart], TimeSpan.FromMinutes(1), null, cancellationToken).ConfigureAwait(false);
        return ChartFile.VersionIn(text, chart) ?? "";
    }

    /// <summary>What a chart renders to, as its release would have it; asks no cluster.</summary>
    /// <param name="chart">The chart and its values.</param>
    /// <param name="ns">Namespace of the release.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <param name="includeHooks">Whether hooks are part of it.</param>
    /// <exception cref="OperationException"><see cref="ProcessErrorIds.ProgramNotFound"/>, <see cref="ProcessErrorIds.ProgramFailed"/> with helm's own text.</exception>
    internal Task<string> TemplateAsync(HelmChart chart, string ns, CancellationToken cancellationToken, bool includeHooks = false)
    {
        List<string> arguments = ["template", chart.ReleaseName, chart.Chart, "--values", "-", "--namespace", ns];
        if (!includeHooks)
        {
            arguments.Add("--no-hooks");
        }
        AddSource(arguments, chart);
        return RunAsync(arguments, TimeSpan.FromMinutes(2), null, cancellationToken, Encoding.UTF8.GetBytes(chart.ValuesJson));
    }

    /// <summary>Makes sure that helm is new enough, before anything is changed with it.</summary>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <exception cref="OperationException"><see cref="ProcessErrorIds.ProgramNotFound"/>, <see cref="ErrorIds.ProgramTooOld"/>.</exception>
    internal async Task RequireVersionAsync(CancellationToken cancellationToken)
    {
        string text = (await RunAsync(["version", "--short"], TimeSpan.FromMinutes(1), null, cancellationToken).ConfigureAwait(false)).Trim();
        if (ReleaseVersion.TryParse(text) is { } version && version.CompareTo(ReleaseVersion.TryParse(OldestVersion)) < 0)
        {
            throw new OperationException(ErrorIds.ProgramTooOld, $"{program} is helm {version}, which is older than {OldestVersion}.", "Update helm, or name another one with -HelmCommand. Nothing was changed.");
        }
    }

    /// <summary>Removes a release and its objects.</summary>
    /// <param name="release">Its name.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="output">Told of each line that helm prints.</param>
    /// <param name="cancellationToken">Ends helm.</param>
    /// <exception cref="OperationException"><see cref="ProcessErrorIds.ProgramNotFound"/>, <see cref="ProcessErrorIds.ProgramFailed"/> with helm's own text.</exception>
    public Task<string> UninstallAsync(string release, string ns, TimeSpan timeout, IProgress<string>? output = null, CancellationToken cancellationToken = default) =>
        RunAsync(["uninstall", release, "--ignore-not-found", "--wait", "--timeout", Seconds(OwnTime(timeout)), .. ClusterArguments(ns)], connection.Deadline.Limit(timeout), output, cancellationToken);

    private List<string> UpgradeArguments(HelmChart chart, string ns, bool takeOwnership, TimeSpan timeout)
    {
        List<string> arguments = ["upgrade", chart.ReleaseName, chart.Chart, "--install", "--values", "-", "--reset-values", "--history-max", "5", "--hide-notes", .. ClusterArguments(ns)];
        AddSource(arguments, chart);
        if (chart.SkipCrds)
        {
            arguments.Add("--skip-crds");
        }
        if (takeOwnership)
        {
            arguments.Add("--take-ownership");
        }
        if (timeout > TimeSpan.Zero)
        {
            arguments.AddRange(["--timeout", Seconds(timeout)]);
        }
        return arguments;
    }

    private static void AddSource(List<string> arguments, HelmChart chart)
    {
        if (chart.RepositoryUrl.Length > 0)
        {
            arguments.AddRange(["--repo", chart.RepositoryUrl]);
        }
        if (chart.Version.Length > 0)
        {
            arguments.AddRange(["--version", chart.Version]);
        }
    }

    private IEnumerable<string> ClusterArguments(string ns)
    {
        yield return "--namespace";
        yield return ns;
        if (connection.KubeConfigPath.Length > 0)
        {
            yield return "--kubeconfig";
            yield return connection.KubeConfigPath;
        }
        if (connection.Context.Length > 0)
        {
            yield return "--kube-context";
            yield return connection.Context;
        }
    }

    private async Task<string> RunAsync(IReadOnlyList<string> arguments, TimeSpan timeout, IProgress<string>? output, CancellationToken cancellationToken, byte[]? input = null)
    {
        // helm keeps its own time; ours is for a helm that hangs.
        var request = new ProcessRequest(program, arguments) { Timeout = Within(timeout + TimeSpan.FromMinutes(2), Reserve / 2), Input = input, EndsWithCaller = true };
        ProcessResult result = await runner.RunAsync(request, output, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            return result.Output;
        }
        // Masked here as well: a text that is cut can leave a part of a secret that nobody knows any more.
        string text = connection.Masker.MaskText((result.Error.Trim().Length > 0 ? result.Error : result.Output).Trim());
        throw new OperationException(
            ProcessErrorIds.ProgramFailed,
            $"helm {arguments[0]} {arguments[1]} failed with exit code {result.ExitCode}: {(text.Length > LongestExcerpt ? "..." + text[^LongestExcerpt..] : text)}",
            text.Contains("cannot be imported into the current release", StringComparison.Ordinal)
                ? "What helm names was brought by another installation. Take it over with -Adopt, or delete it."
                : "Correct what helm names, then run this again: it goes on where it stopped.");
    }

    /// <summary>helm's own time, which ends before ours does.</summary>
    private TimeSpan OwnTime(TimeSpan timeout) => Within(timeout, Reserve);

    /// <summary>A time, or less where not enough of the call's is left to ask the cluster afterwards what helm waited for.</summary>
    private TimeSpan Within(TimeSpan timeout, TimeSpan reserve) =>
        connection.Deadline is { IsSet: true, Remaining: var left } && left - timeout < reserve && left > 2 * Reserve ? left - reserve : connection.Deadline.Limit(timeout);

    private static string Seconds(TimeSpan time) => $"{Math.Max(1, (int)time.TotalSeconds)}s";
}
