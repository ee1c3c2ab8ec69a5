using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Generation;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>
/// Carries out one kustomization, in kustomize's order: resources, configurations, generators, components, transformers,
/// validators, variables. What happens once at the end of a build is in <see cref="RootFinisher"/>.
/// </summary>
internal sealed class KustomizationAccumulator
{
    private readonly BuildSession _session;
    private readonly LayerTarget _target;
    private readonly RootLoader _loader;
    private readonly SourceEntry _file;
    private readonly List<Diagnostic> _warnings = [];
    private bool _dependsOnNamespace;

    /// <summary>Opens a kustomization.</summary>
    /// <param name="session">The builds that this one belongs to.</param>
    /// <param name="target">The kustomization.</param>
    /// <exception cref="KustomizeException">The folder holds no kustomization that can be read.</exception>
    public KustomizationAccumulator(BuildSession session, LayerTarget target)
    {
        _session = session;
        _target = target;
        FileGate gate = session.Gate(target.Root, target.Repository);
        _loader = new RootLoader(session.Sources, gate, target.Repository, session.Remotes, new DependencySet(gate), _warnings, target.Cancellation);
        KustomizationLocation location = session.Sources.FindKustomization(gate);
        foreach (string path in location.Paths)
        {
            _loader.Dependencies.Add(path, path == location.Entry?.File.Path ? location.Entry : null);
        }
        if (location.Problem is Diagnostic problem)
        {
            throw new KustomizeException([problem]);
        }
        _file = location.Entry!;
        try
        {
            Kustomization = _file.Kustomization;
        }
        catch (KustomizeException e)
        {
            throw e.Through(_file.File.Path);
        }
    }

    /// <summary>The kustomization file, decoded.</summary>
    public Kustomization Kustomization { get; }

    /// <summary>Accumulates a kustomization that stands by itself.</summary>
    /// <exception cref="KustomizeException">It cannot be carried out; every independent mistake is named.</exception>
    public Layer ToLayer()
    {
        var accumulator = new Accumulator(_target.ChosenSchema);
        AccumulateInto(accumulator);
        return new Layer
        {
            Resources = accumulator.Resources.ToList(),
            Configuration = accumulator.Configuration,
            Variables = accumulator.Variables,
            ChosenSchema = accumulator.ChosenSchema,
            Dependencies = _loader.Dependencies,
            Warnings = _warnings,
            DependsOnNamespace = _dependsOnNamespace,
        };
    }

    /// <summary>Accumulates into what is there already: a component changes what the kustomization that names it has gathered.</summary>
    /// <param name="into">What is there.</param>
    /// <exception cref="KustomizeException">It cannot be carried out.</exception>
    public void AccumulateInto(Accumulator into)
    {
        try
        {
            _warnings.AddRange(KustomizationWarnings.Of(Kustomization));
            ChooseSchema(into);
            AccumulateResources(into, Kustomization.Resources);
            into.Configuration = new TransformerConfigurationLoader(_loader).AddTo(into.Configuration, Kustomization);
            RunGenerators(into);
            AccumulateComponents(into);
            RunTransformers(into);
            RunValidators(into);
            DefineVariables(into);
        }
        catch (KustomizeException e)
        {
            throw e.Through(_file.File.Path);
        }
    }

    private void ChooseSchema(Accumulator into)
    {
        if (Kustomization.OpenApi.Count == 0 || into.ChosenSchema is not null)
        {
            return;
        }
        if (Kustomization.OpenApi.TryGetValue("path", out Located<string> path))
        {
            if (Kustomization.OpenApi.ContainsKey("version"))
            {
                throw new KustomizeException(DiagnosticIds.InvalidSchema, "'openapi' has both a path and a version.", path.Position, "Keep one of them.");
            }
            YamlNode document = _loader.Load(path, "openapi").Documents is [YamlNode only, ..]
                ? only
                : throw new KustomizeException(DiagnosticIds.InvalidSchema, $"'{path.Value}' is empty.", path.Position, "Name a file with an OpenAPI document.");
            // Below the root, what kustomize has looked up in its own schema by then stays known.
            into.Choose(KubernetesSchema.FromOpenApi(document, keepBuiltIn: _target.Chain.Parent is not null));
        }
        else if (Kustomization.OpenApi.TryGetValue("version", out Located<string> version))
        {
            into.Choose(KubernetesSchema.FromVersion(version.Value, version.Position));
        }
    }

    private void AccumulateResources(Accumulator into, IReadOnlyList<Located<string>> paths, string field = "resources")
    {
        var bag = new DiagnosticBag();
        foreach (Located<string> path in paths)
        {
            _target.Cancellation.ThrowIfCancellationRequested();
            bag.Try(() => AccumulateResource(into, path, field));
        }
        bag.ThrowIfAny();
    }

    private void AccumulateResource(Accumulator into, Located<string> path, string field)
    {
        if (LoadObjects(into, path, field) is IReadOnlyList<Resource> resources)
        {
            into.Ways.Enter(into.Resources.Count, path);
            into.Append(_target.Origin is OriginTracker tracker ? resources.Select(r => r.LoadedFrom(tracker.File(path.Value))) : resources);
            return;
        }
        LayerTarget below = Below(into, path, field);
        Layer layer = _session.GetLayer(below);
        CheckKind(below, path, field);
        _loader.Dependencies.Add(layer.Dependencies);
        _warnings.AddRange(layer.Warnings);
        _dependsOnNamespace |= layer.DependsOnNamespace;
        into.Ways.Enter(into.Resources.Count, path);
        into.Merge(layer, path.Position);
    }

    /// <summary>The objects of a file that an entry names; null when the entry names something else.</summary>
    private IReadOnlyList<Resource>? LoadObjects(Accumulator into, Located<string> path, string field)
    {
        if (!KustomizationFiles.Names(path.Value))
        {
            return _loader.TryLoad(path, field)?.Resources(into.Schema);
        }
        try
        {
            IReadOnlyList<Resource>? objects = _loader.TryLoad(path, field)?.Resources(into.Schema);
            if (objects is not null)
            {
                _warnings.Add(KustomizationFiles.TakenAsObject(path, field));
            }
            return objects;
        }
        catch (KustomizeException) when (_session.Sources.FileExists(_loader.FullPath(path.Value)))
        {
            throw KustomizationFiles.Named(path, field);
        }
    }

    private void AccumulateComponents(Accumulator into)
    {
        foreach (Located<string> path in Kustomization.Components)
        {
            _target.Cancellation.ThrowIfCancellationRequested();
            LayerTarget below = Below(into, path, "components");
            var component = new KustomizationAccumulator(_session, below);
            CheckKind(below, path, "components");
            component.AccumulateInto(into);
            into.GatherAnew(path.Position);
            _loader.Dependencies.Add(component._loader.Dependencies);
            _warnings.AddRange(component._warnings);
            _dependsOnNamespace |= component._dependsOnNamespace;
        }
    }

    /// <summary>The kustomization that a path names: a folder, or a remote repository.</summary>
    private LayerTarget Below(Accumulator into, Located<string> path, string field)
    {
        RemoteFolder? remote = _session.Remotes.Clone(path, _target.Cancellation);
        string? folder;
        if (remote is null)
        {
            folder = _loader.ResolveDirectory(path);
            if (folder is null && field == "components" && _session.Sources.Files.FileExists(_loader.FullPath(path.Value)))
            {
                throw KustomizationFiles.Names(path.Value)
                    ? KustomizationFiles.Named(path, field)
                    : new KustomizeException(
                        DiagnosticIds.WrongType, $"'{path.Value}' is a file, but 'components' names folders.", path.Position, "Name it under 'resources', or name the folder of a component.");
            }
        }
        else
        {
            folder = remote.Folder;
            _loader.WarnIfLocal(path);
            if (!remote.IsPinned)
            {
                _loader.Dependencies.MarkVolatile();
            }
        }
        if (folder is null)
        {
            // What was missing can appear: the layer above is not taken over then.
            _loader.Dependencies.MarkVolatile();
            throw _loader.Missing(path, field);
        }
        if (_session.Sources.FindKustomization(_session.Gate(folder, remote?.Repository ?? _target.Repository)).Problem is { Id: DiagnosticIds.KustomizationFileMissing } problem)
        {
            _loader.Dependencies.MarkVolatile();
            throw new KustomizeException([problem with { Position = path.Position }]);
        }
        string ns = Kustomization.Namespace.Value.Length > 0 ? Kustomization.Namespace.Value : _target.ParentNamespace;
        return new LayerTarget(
            _target.Chain.Enter(folder, path.Position), remote?.Repository ?? _target.Repository, into.ChosenSchema, _target.Origin?.Below(path.Value), ns, _target.Cancellation);
    }

    private void CheckKind(LayerTarget below, Located<string> path, string field)
    {
        Kustomization named = _session.Sources.FindKustomization(_session.Gate(below.Root, below.Repository)).Entry!.Kustomization;
        bool wantsComponent = field == "components";
        if (named.Kind == Kustomization.ComponentKind == wantsComponent)
        {
            return;
        }
        throw wantsComponent
            ? new KustomizeException(
                DiagnosticIds.WrongType, $"'{UrlRedaction.Url(path.Value)}' is a Kustomization, but 'components' names Components.", path.Position, "Name it under 'resources', or make its kind Component.")
            : new KustomizeException(
                DiagnosticIds.WrongType, $"'{UrlRedaction.Url(path.Value)}' is a Component, but stands under '{field}'.", path.Position, "Name it under 'components'.");
    }

    private void RunGenerators(Accumulator into)
    {
        var generators = new BuiltInGenerators(_loader, into.Schema, new HelmSettings(_session.Options, _target.ParentNamespace, _target.Cancellation));
        foreach ((string kind, SourcePosition position, IReadOnlyList<Resource> made) in generators.Run(Kustomization))
        {
            try
            {
                Absorb(into, made, _target.Origin?.BuiltIn(FileName, kind), position);
            }
            catch (KustomizeException e) when (e.Diagnostics is [{ Id: DiagnosticIds.TargetNotFound } missing])
            {
                throw LaterTarget(made[0], position) is string later ? new KustomizeException([missing with { Remedy = later }], e) : e;
            }
        }
        _dependsOnNamespace |= Kustomization.HelmCharts.Any(c => c.Namespace.Length == 0) && Kustomization.Namespace.Value.Length == 0;
        foreach (Resource configuration in LoadConfigurations(Kustomization.Generators, "generators"))
        {
            Absorb(into, generators.Run(configuration), OriginTracker.Configured(configuration), configuration.Node.Position);
        }
    }

    /// <summary>What to do when the object that a generator is to merge into comes only after it: from a chart, a later generator or a component. Null when nothing here makes it.</summary>
    private string? LaterTarget(Resource generated, SourcePosition position)
    {
        IEnumerable<GeneratorEntry> own = generated.Kind == "Secret" ? Kustomization.SecretGenerator : Kustomization.ConfigMapGenerator;
        if (own.FirstOrDefault(g => g.Name == generated.Name && g.Position != position) is GeneratorEntry later)
        {
            return $"Move this entry below the one that creates it, at {later.Position}: generators run in their order.";
        }
        foreach (Located<string> path in Kustomization.Components)
        {
            try
            {
                var alone = new Accumulator(_target.ChosenSchema);
                new KustomizationAccumulator(_session, Below(alone, path, "components")).AccumulateInto(alone);
                if (alone.Resources.IndexesOfAny(generated.Id).Count > 0)
                {
                    return $"It comes from the component '{path.Value}', and generators run before components. Move this entry into a component of its own, and name that below '{path.Value}'.";
                }
            }
            catch (KustomizeException)
            {
                // A component that only changes what others have is nothing by itself.
            }
        }
        return Kustomization.HelmCharts.Count > 0
            ? "If it comes from a chart: charts are rendered after this. Move 'helmCharts' into a kustomization of its own, and name that under 'resources'."
            : null;
    }

    private static void Absorb(Accumulator into, IReadOnlyList<Resource> made, Origin? origin, SourcePosition position)
    {
        foreach (Resource resource in made)
        {
            GeneratedResources.Absorb(into.Resources, origin is null || resource.Origin is not null ? resource : resource.WithOrigin(origin), position);
        }
    }

    private void RunTransformers(Accumulator into)
    {
        var transformers = new BuiltInTransformers(_loader, into.Schema, _warnings);
        foreach ((string kind, IResourceTransformer transformer) in transformers.Of(Kustomization, into.Configuration))
        {
            Apply(into, transformer, _target.Origin?.BuiltIn(FileName, kind));
        }
        foreach (Resource configuration in LoadConfigurations(Kustomization.Transformers, "transformers"))
        {
            Apply(into, transformers.Of(configuration), OriginTracker.Configured(configuration));
        }
    }

    private void Apply(Accumulator into, IResourceTransformer transformer, Origin? origin)
    {
        _target.Cancellation.ThrowIfCancellationRequested();
        int count = into.Resources.Count;
        transformer.Transform(into.Resources);
        if (into.Resources.Count != count)
        {
            into.Ways.Forget();
        }
        if (transformer is IRemarkingTransformer { Remarks: { Count: > 0 } remarks })
        {
            // What a component changes depends on who names it: that it has nothing to do here need not be a mistake.
            bool isComponent = Kustomization.Kind == Kustomization.ComponentKind;
            _warnings.AddRange(remarks.Select(r => isComponent ? r with { Severity = DiagnosticSeverity.Information } : r));
        }
        if (origin is not null)
        {
            // What has no origin yet was made by the transformer.
            into.Resources.Reset(into.Resources.ToList().Select(r => r.Origin is null ? r.WithOrigin(origin) : r.WithTransformation(origin)));
        }
    }

    private void RunValidators(Accumulator into)
    {
        var transformers = new BuiltInTransformers(_loader, into.Schema, _warnings);
        foreach (Resource configuration in LoadConfigurations(Kustomization.Validators, "validators"))
        {
            IReadOnlyList<Resource> before = into.Resources.ToList();
            transformers.Of(configuration).Transform(into.Resources);
            if (!before.SequenceEqual(into.Resources.ToList()))
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidTransformer, $"The validator {configuration.Id.Describe()} changes objects.", configuration.Node.Position,
                    "Name it under 'transformers', or make it leave objects alone.");
            }
        }
    }

    private void DefineVariables(Accumulator into)
    {
        if (Kustomization.Vars is SequenceNode vars)
        {
            IReadOnlyList<Variable> variables = VariableReader.Read(vars);
            VariableSet.Bind(variables, into.Resources);
            into.Variables = into.Variables.With(variables);
        }
    }

    /// <summary>The objects that configure generators, transformers or validators: inline text, files, or folders that are built like resources.</summary>
    private IReadOnlyList<Resource> LoadConfigurations(IReadOnlyList<Located<string>> entries, string field)
    {
        if (entries.Count == 0)
        {
            return [];
        }
        var configurations = new Accumulator(null);
        var paths = new List<Located<string>>();
        foreach (Located<string> entry in entries)
        {
            if (InlineConfiguration.TryRead(entry, _session.Sources, field) is not IReadOnlyList<Resource> inline)
            {
                paths.Add(entry);
                continue;
            }
            configurations.Append(_target.Origin is OriginTracker tracker ? inline.Select(r => r.WithOrigin(tracker.File(FileName))) : inline);
        }
        AccumulateResources(configurations, paths, field);
        return configurations.Resources.ToList();
    }

    private string FileName => Path.GetFileName(_file.File.Path);

    private string EffectiveNamespace => Kustomization.Namespace.Value.Length > 0 ? Kustomization.Namespace.Value : _target.ParentNamespace;
}
