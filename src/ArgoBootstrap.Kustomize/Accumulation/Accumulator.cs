using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>What a kustomization has gathered so far: objects, the rules for changing them, variables. Belongs to one kustomization at a time.</summary>
internal sealed class Accumulator
{
    /// <summary>Makes an empty accumulator.</summary>
    /// <param name="chosenSchema">The schema that a kustomization above has chosen, or null.</param>
    public Accumulator(KubernetesSchema? chosenSchema) => ChosenSchema = chosenSchema;

    /// <summary>The objects.</summary>
    public ResourceMap Resources { get; } = new();

    /// <summary>By which entries the objects came.</summary>
    public Ways Ways { get; } = new();

    /// <summary>Which fields the built-in transformers change.</summary>
    public TransformerConfiguration Configuration { get; set; } = TransformerConfiguration.Empty;

    /// <summary>The variables that are defined so far.</summary>
    public VariableSet Variables { get; set; } = VariableSet.Empty;

    /// <summary>The schema that a kustomization has chosen, or null. The first one on the way from the root down counts for all.</summary>
    public KubernetesSchema? ChosenSchema { get; private set; }

    /// <summary>The schema in force.</summary>
    public KubernetesSchema Schema => ChosenSchema ?? KubernetesSchema.Default;

    /// <summary>Puts a schema in force, unless one was chosen before.</summary>
    /// <param name="schema">The schema.</param>
    public void Choose(KubernetesSchema schema)
    {
        if (ChosenSchema is not null)
        {
            return;
        }
        ChosenSchema = schema;
        if (!ReferenceEquals(schema, KubernetesSchema.Default))
        {
            Resources.Reset(Resources.ToList().Select(r => r.WithSchema(schema)));
        }
    }

    /// <summary>Appends objects, whose ids must be new.</summary>
    /// <param name="resources">The objects.</param>
    /// <exception cref="KustomizeException">Objects have ids that are taken; all of them are named.</exception>
    public void Append(IEnumerable<Resource> resources)
    {
        var bag = new DiagnosticBag();
        foreach (Resource resource in resources)
        {
            if (Resources.TryAppend(resource) is Resource taken)
            {
                bag.Add(Ways.Twice(resource, taken, Resources.IndexOfCurrent(taken.Id)));
            }
        }
        bag.ThrowIfAny();
    }

    /// <summary>Checks what is there as if it were gathered again, as kustomize does after each component.</summary>
    /// <param name="position">Where the component is named.</param>
    /// <exception cref="KustomizeException">Two objects have the same id, or a field is configured in two ways.</exception>
    public void GatherAnew(SourcePosition position)
    {
        if (Resources.FindTwins() is var (one, other))
        {
            throw new KustomizeException(
                DiagnosticIds.DuplicateResource,
                $"After this component, {other.Id.Describe()} is defined twice: {one.Node.Position} and {other.Node.Position}.",
                position,
                "Correct what renames one of them.");
        }
        Configuration = TransformerConfigurationMerger.Merge(TransformerConfiguration.Empty, Configuration, position);
    }

    /// <summary>Takes over what a kustomization below has gathered.</summary>
    /// <param name="layer">The other one's result.</param>
    /// <param name="position">Where it is named.</param>
    /// <exception cref="KustomizeException">Ids or variables occur twice.</exception>
    public void Merge(Layer layer, SourcePosition position)
    {
        Append(layer.Resources);
        Configuration = TransformerConfigurationMerger.Merge(Configuration, layer.Configuration, position);
        Variables = Variables.With(layer.Variables.Variables);
        if (layer.ChosenSchema is KubernetesSchema schema)
        {
            Choose(schema);
        }
    }
}
