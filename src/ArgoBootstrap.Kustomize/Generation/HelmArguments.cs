using ArgoBootstrap.Kustomize.Configuration;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>The arguments that kustomize gives to helm.</summary>
internal static class HelmArguments
{
    /// <summary>What renders a chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="folder">Folder of the chart.</param>
    /// <param name="ns">Namespace of the release; empty for none.</param>
    /// <param name="valuesFiles">Values files, the weakest first.</param>
    /// <param name="options">The flags of the build. As in kustomize, what the chart's entry says goes before them.</param>
    public static IReadOnlyList<string> Template(HelmChart chart, string folder, string ns, IReadOnlyList<string> valuesFiles, KustomizeOptions options)
    {
        List<string> arguments = ["template", chart.ReleaseName.Length > 0 ? chart.ReleaseName : "--generate-name", folder];
        Add("--namespace", ns);
        Add("--name-template", chart.NameTemplate);
        foreach (string file in valuesFiles)
        {
            Add("-f", file);
        }
        foreach (string version in chart.ApiVersions.Count > 0 ? chart.ApiVersions : options.HelmApiVersions)
        {
            Add("--api-versions", version);
        }
        Add("--kube-version", chart.KubeVersion.Length > 0 ? chart.KubeVersion : options.HelmKubeVersion);
        Switch("--include-crds", chart.IncludeCrds);
        Switch("--skip-tests", chart.SkipTests);
        Switch("--no-hooks", chart.SkipHooks);
        Switch("--debug", chart.Debug || options.HelmDebug);
        Switch("--devel", chart.Devel);
        return arguments;

        void Add(string option, string value)
        {
            if (value.Length > 0)
            {
                arguments.AddRange([option, value]);
            }
        }

        void Switch(string option, bool isOn)
        {
            if (isOn)
            {
                arguments.Add(option);
            }
        }
    }

    /// <summary>What gets a chart from its repository.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="folder">Folder that its folder is put into.</param>
    public static IReadOnlyList<string> Pull(HelmChart chart, string folder)
    {
        List<string> arguments = ["pull", "--untar", "--untardir", folder];
        if (chart.Repo.StartsWith("oci://", StringComparison.Ordinal))
        {
            arguments.Add((chart.Repo.EndsWith('/') ? chart.Repo[..^1] : chart.Repo) + "/" + chart.Name);
        }
        else
        {
            arguments.AddRange(["--repo", chart.Repo, chart.Name]);
        }
        if (chart.Version.Length > 0)
        {
            arguments.AddRange(["--version", chart.Version]);
        }
        if (chart.Devel)
        {
            arguments.Add("--devel");
        }
        return arguments;
    }
}
