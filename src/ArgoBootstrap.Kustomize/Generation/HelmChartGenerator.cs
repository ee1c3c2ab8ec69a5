using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>Renders charts through the helm binary: <c>helmCharts</c>, and kustomize's HelmChartInflationGenerator.</summary>
/// <param name="loader">Reads values files, and says where charts are looked for.</param>
/// <param name="schema">The schema in force.</param>
/// <param name="settings">Whether and how helm may be run.</param>
internal sealed class HelmChartGenerator(RootLoader loader, KubernetesSchema schema, HelmSettings settings)
{
    private const string DefaultChartHome = "charts";
    private static readonly KeyedLock Pulling = new();

    /// <summary>Renders the chart that an object configures.</summary>
    /// <param name="configuration">The object.</param>
    /// <exception cref="KustomizeException">The chart cannot be rendered.</exception>
    public IReadOnlyList<Resource> Generate(Resource configuration)
    {
        var bag = new DiagnosticBag();
        (HelmChart chart, HelmGlobals globals) = new EntryReader(bag).HelmChartConfiguration(configuration.Node);
        bag.ThrowIfAny();
        return Render(chart, globals, chart.Namespace);
    }

    /// <summary>Renders an entry of <c>helmCharts</c>.</summary>
    /// <param name="chart">The entry.</param>
    /// <param name="globals">What all entries share, or null.</param>
    /// <param name="ns">Namespace of the kustomization; empty when it has none.</param>
    /// <exception cref="KustomizeException">The chart cannot be rendered.</exception>
    public IReadOnlyList<Resource> Generate(HelmChart chart, HelmGlobals? globals, string ns) =>
        Render(chart, globals ?? new HelmGlobals("", ""), chart.Namespace.Length > 0 ? chart.Namespace : ns.Length > 0 ? ns : settings.ParentNamespace);

    private IReadOnlyList<Resource> Render(HelmChart chart, HelmGlobals globals, string ns)
    {
        Check(chart);
        // What a chart renders depends on more than files that could be compared: templates, helm, the chart's repository.
        loader.Dependencies.MarkVolatile();
        string home = ChartHome(chart, globals);
        string folder = Path.Join(home, chart.Name);
        string work = Directory.CreateTempSubdirectory("argobootstrap-helm-").FullName;
        try
        {
            var helm = new HelmCommand(settings, chart, globals.ConfigHome.Length > 0 ? globals.ConfigHome : Path.Join(work, "helm"));
            List<string> files = [.. chart.AdditionalValuesFiles.Select((file, i) => AdditionalValues(file, work, i))];
            helm.CheckVersion();
            Provide(chart, home, folder, helm);
            string values = Path.Join(work, "values.yaml");
            File.WriteAllBytes(values, Values(chart, folder));
            byte[] output = helm.Run(HelmArguments.Template(chart, folder, ns, [values, .. files], settings.Options));
            return Read(chart, output);
        }
        finally
        {
            CacheDirectory.Delete(work);
        }
    }

    private void Check(HelmChart chart)
    {
        if (!settings.Options.EnableHelm)
        {
            throw new KustomizeException(
                DiagnosticIds.HelmFailed, $"The chart '{chart.Name}' needs helm, which is run only with EnableHelm.", chart.Position,
                "Build with EnableHelm (kustomize: --enable-helm) if you trust this kustomization.");
        }
        if (settings.Options.HelmCommand.Length == 0)
        {
            throw new KustomizeException(DiagnosticIds.HelmFailed, "HelmCommand is empty.", chart.Position, "Name the helm binary (kustomize: --helm-command).");
        }
        if (chart.Name.Length == 0)
        {
            throw new KustomizeException(DiagnosticIds.MissingField, "This chart has no 'name'.", chart.Position, "Give it the name of the chart.");
        }
        if (chart.ValuesMerge is not ("" or "merge" or "override" or "replace"))
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue, $"'{chart.ValuesMerge}' is not a way to merge values.", chart.Position,
                "Use merge, override or replace." + NameSuggestion.Sentence(chart.ValuesMerge, ["merge", "override", "replace"]));
        }
        if (((string[])[chart.Name, chart.ReleaseName, chart.Repo]).FirstOrDefault(t => t.StartsWith('-')) is string option)
        {
            throw new KustomizeException(DiagnosticIds.InvalidValue, $"'{option}' would be an option of helm's.", chart.Position, "Correct name, releaseName or repo.");
        }
        if (!ReferenceEquals(loader.Session.Files, PhysicalFileSystem.Instance) && !Directory.Exists(loader.Root))
        {
            throw new KustomizeException(
                DiagnosticIds.HelmFailed, $"The chart '{chart.Name}' cannot be rendered: helm reads files of the disk only, and this kustomization is not on it.", chart.Position,
                "Check the revision out and build it there.");
        }
    }

    private string ChartHome(HelmChart chart, HelmGlobals globals)
    {
        string home = loader.FullPath(globals.ChartHome.Length > 0 ? globals.ChartHome : DefaultChartHome);
        // So that several versions of a chart can be there side by side.
        return chart.Version.Length > 0 && chart.Repo.Length > 0 ? Path.Join(home, $"{chart.Name}-{chart.Version}") : home;
    }

    /// <summary>Gets the chart when it is not there. What is half there is never seen: it is unpacked beside its place and then moved.</summary>
    private void Provide(HelmChart chart, string home, string folder, HelmCommand helm)
    {
        if (Directory.Exists(folder))
        {
            return;
        }
        if (chart.Repo.Length == 0)
        {
            throw new KustomizeException(
                DiagnosticIds.FileNotFound, $"There is no chart '{chart.Name}' in '{home}', and no 'repo' to get it from.", chart.Position,
                "Add 'repo', correct 'chartHome' in 'helmGlobals', or put the chart there." + NameSuggestion.Sentence(chart.Name, loader.Session.Files.ListNames(home)));
        }
        using IDisposable mine = Pulling.Enter(folder, settings.Cancellation);
        if (Directory.Exists(folder))
        {
            return;
        }
        string unpacked = Path.Join(home, ".pull-" + Guid.NewGuid().ToString("n"));
        try
        {
            Directory.CreateDirectory(unpacked);
            helm.Run(HelmArguments.Pull(chart, unpacked));
            // The name may be a path in the repository; what is unpacked is called by its last part.
            string pulled = Path.Join(unpacked, Path.GetFileName(chart.Name));
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            if (!Directory.Exists(folder))
            {
                Directory.Move(pulled, folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!Directory.Exists(folder))
            {
                throw new KustomizeException(
                    DiagnosticIds.HelmFailed, $"The chart '{chart.Name}' cannot be kept in '{home}': {e.Message}", chart.Position, "Make the folder writable, or name another one as 'chartHome' in 'helmGlobals'.");
            }
        }
        finally
        {
            CacheDirectory.Delete(unpacked);
        }
    }

    /// <summary>The values that helm gets first: those of the file, those given in place, or both.</summary>
    private byte[] Values(HelmChart chart, string folder)
    {
        bool hasInline = chart.ValuesInline is { Count: > 0 };
        if (hasInline && chart.ValuesMerge == "replace")
        {
            return HelmValues.Write(HelmValues.Inline(chart.ValuesInline!));
        }
        SourceEntry file = loader.Load(chart.ValuesFile.Value.Length > 0 ? chart.ValuesFile : new(Path.Join(folder, "values.yaml"), chart.Position), "helmCharts");
        if (!hasInline)
        {
            return file.Content;
        }
        MappingNode inline = HelmValues.Inline(chart.ValuesInline!);
        MappingNode own = YamlReader.ReadUnexpanded(file.Content, file.File, settings.Options.Limits) switch
        {
            MappingNode values => values,
            null or ScalarNode { Tag: ScalarTags.Null, Value: "" } => throw new KustomizeException(
                DiagnosticIds.InvalidValue, $"The values file of the chart '{chart.Name}' is empty, and kustomize cannot merge 'valuesInline' with nothing.", chart.Position,
                "Use valuesMerge: replace, or write {} into the file."),
            { IsNull: true } => MappingNode.Empty,
            YamlNode other => throw new KustomizeException(DiagnosticIds.WrongType, $"Values must be a mapping, but this is a {other.KindName}.", other.Position, "Make it a mapping."),
        };
        bool isFileOnTop = chart.ValuesMerge == "merge";
        var merge = new HelmValuesMerge(isFileOnTop);
        MappingNode merged = isFileOnTop ? merge.Apply(inline, own) : merge.Apply(own, inline);
        WarnOfDropped(chart, file, merge.Dropped);
        return HelmValues.Write(merged);
    }

    private void WarnOfDropped(HelmChart chart, SourceEntry file, List<SourcePosition> dropped)
    {
        if (dropped.Count == 0)
        {
            return;
        }
        int[] lines = [.. dropped.Select(p => p.Line).Distinct().Order()];
        loader.Warnings.Add(new Diagnostic(
            DiagnosticIds.HelmValuesDropped, DiagnosticSeverity.Warning,
            $"kustomize drops the aliases in {(lines.Length == 1 ? "line" : "lines")} {string.Join(", ", lines)} of the values of the chart '{chart.Name}', since 'valuesInline' is merged with them.",
            dropped.MinBy(p => p.Line), $"Write the values out in {Path.GetFileName(file.File.Path)}, or give 'valuesInline' as a file under 'additionalValuesFiles'."));
    }

    private string AdditionalValues(Located<string> file, string work, int index)
    {
        SourceEntry entry = loader.Load(file, "additionalValuesFiles");
        if (!loader.Remotes.IsRemoteFile(file.Value))
        {
            return entry.File.Path;
        }
        string copy = Path.Join(work, $"additional-{index}.yaml");
        File.WriteAllBytes(copy, entry.Content);
        return copy;
    }

    private IReadOnlyList<Resource> Read(HelmChart chart, byte[] output)
    {
        try
        {
            var file = new SourceFile($"{chart.Position.File.Path} (chart {chart.Name})");
            return [.. ResourceReader.Read(output, file, schema, settings.Options.Limits).Select(r => r.AsHelmGenerated())];
        }
        catch (KustomizeException e)
        {
            throw new KustomizeException(
                DiagnosticIds.HelmFailed, $"The chart '{chart.Name}' renders something that is not a list of Kubernetes objects: {e.Diagnostics[0].Message}", chart.Position,
                $"Correct the chart or its values; in what it renders it is line {e.Diagnostics[0].Position.Line}.");
        }
    }
}
