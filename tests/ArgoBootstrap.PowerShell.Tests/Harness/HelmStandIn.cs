namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A program that stands in for helm: it writes down how it was started, prints a line, or a chart's description, and ends as it is told. A shell script, so not for Windows.</summary>
internal sealed class HelmStandIn
{
    private readonly string _log;

    /// <summary>Makes the program.</summary>
    /// <param name="cluster">Whose folder it is made in.</param>
    /// <param name="exitCode">What it ends with.</param>
    /// <param name="error">What it writes to standard error.</param>
    public HelmStandIn(ClusterFixture cluster, int exitCode = 0, string error = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for helm is a shell script.");
        _log = cluster.Write("helm.log", "");
        Path = cluster.WriteSecret("helm", $"#!/bin/sh\nif [ \"$1\" = version ]; then echo v3.21.4; exit 0; fi\nprintf '%s\\n' \"$@\" >> '{_log}'\nif [ \"$1\" = show ]; then echo 'name: argo-cd'; exit {exitCode}; fi\necho 'Release does not exist. Installing it now.'\nprintf '%s' '{error}' >&2\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    /// <summary>The arguments of all starts.</summary>
    public IReadOnlyList<string> Arguments => File.ReadAllLines(_log);
}
