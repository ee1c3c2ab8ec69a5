using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Generation;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>kustomize's built-in generators, configured by a kustomization's fields or by objects of their own.</summary>
/// <param name="loader">Reads files.</param>
/// <param name="schema">The schema in force.</param>
/// <param name="helm">Whether and how helm may be run.</param>
internal sealed class BuiltInGenerators(RootLoader loader, KubernetesSchema schema, HelmSettings helm)
{
    /// <summary>Carries out the generators that a kustomization's fields configure, in kustomize's order.</summary>
    /// <param name="kustomization">The kustomization.</param>
    /// <returns>kustomize's name of each generator, where it is configured, and what it made.</returns>
    /// <exception cref="KustomizeException">A generator cannot be carried out.</exception>
    public IEnumerable<(string Kind, SourcePosition Position, IReadOnlyList<Resource> Made)> Run(Kustomization kustomization)
    {
        var generator = new ConfigurationGenerator(loader, schema);
        foreach (GeneratorEntry entry in kustomization.ConfigMapGenerator)
        {
            yield return ("ConfigMapGenerator", entry.Position, [generator.ConfigMap(entry, GeneratorOptions.Merge(entry.Options, kustomization.GeneratorOptions))]);
        }
        foreach (GeneratorEntry entry in kustomization.SecretGenerator)
        {
            yield return ("SecretGenerator", entry.Position, [generator.Secret(entry, GeneratorOptions.Merge(entry.Options, kustomization.GeneratorOptions))]);
        }
        foreach (HelmChart chart in kustomization.HelmCharts)
        {
            yield return ("HelmChartInflationGenerator", chart.Position, new HelmChartGenerator(loader, schema, helm).Generate(chart, kustomization.HelmGlobals, kustomization.Namespace.Value));
        }
    }

    /// <summary>Carries out the generator that an object configures.</summary>
    /// <param name="configuration">The object.</param>
    /// <exception cref="KustomizeException">It configures no built-in generator, or one that cannot be carried out.</exception>
    public IReadOnlyList<Resource> Run(Resource configuration)
    {
        configuration = PluginSupport.Decoded(configuration);
        var generator = new ConfigurationGenerator(loader, schema);
        return configuration.Kind switch
        {
            "ConfigMapGenerator" => Single(generator.ConfigMap, configuration, secret: false),
            "SecretGenerator" => Single(generator.Secret, configuration, secret: true),
            "HelmChartInflationGenerator" => new HelmChartGenerator(loader, schema, helm).Generate(configuration),
            "IAMPolicyGenerator" => [IamPolicyGenerator.Generate(configuration)],
            _ => throw PluginSupport.Unknown(configuration, "generator", ["ConfigMapGenerator", "SecretGenerator", "HelmChartInflationGenerator", "IAMPolicyGenerator"]),
        };
    }

    private static Resource[] Single(Func<GeneratorEntry, GeneratorOptions?, Resource> make, Resource configuration, bool secret)
    {
        var bag = new DiagnosticBag();
        GeneratorEntry entry = new EntryReader(bag).GeneratorConfiguration(configuration.Node, secret);
        bag.ThrowIfAny();
        return [make(entry, entry.Options)];
    }
}
