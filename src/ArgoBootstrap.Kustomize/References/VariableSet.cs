using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>The variables of an accumulation, by name. Immutable.</summary>
public sealed class VariableSet
{
    private readonly SortedDictionary<string, Variable> _variables;

    private VariableSet(SortedDictionary<string, Variable> variables) => _variables = variables;

    /// <summary>No variables.</summary>
    public static VariableSet Empty { get; } = new(new SortedDictionary<string, Variable>(StringComparer.Ordinal));

    /// <summary>The variables, by name.</summary>
    public IReadOnlyCollection<Variable> Variables => _variables.Values;

    /// <summary>Number of variables.</summary>
    public int Count => _variables.Count;

    /// <summary>These variables and others.</summary>
    /// <param name="others">The others, whose names must be new.</param>
    /// <exception cref="KustomizeException">A name is there already.</exception>
    public VariableSet With(IEnumerable<Variable> others)
    {
        SortedDictionary<string, Variable>? merged = null;
        foreach (Variable variable in others)
        {
            merged ??= new SortedDictionary<string, Variable>(_variables, StringComparer.Ordinal);
            if (!merged.TryAdd(variable.Name, variable))
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidVariable,
                    $"The variable {variable.Name} is defined twice; the other definition is at {merged[variable.Name].Position}.",
                    variable.Position,
                    "Give one of them another name, or remove it.");
            }
        }
        return merged is null ? this : new VariableSet(merged);
    }

    /// <summary>Binds variables of a kustomization to the objects that they take their value from: those that have, or once had, the type, name and namespace.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="resources">The objects as they are now; the ones found are marked.</param>
    /// <exception cref="KustomizeException">Several objects fit a variable.</exception>
    public static void Bind(IReadOnlyList<Variable> variables, ResourceMap resources)
    {
        if (variables.Count == 0)
        {
            return;
        }
        ILookup<string, int> byName = variables.Select((v, i) => (v.ObjectName, i)).ToLookup(v => v.ObjectName, v => v.i, StringComparer.Ordinal);
        int[] found = new int[variables.Count];
        Array.Fill(found, -1);
        for (int place = 0; place < resources.Count; place++)
        {
            Resource resource = resources[place];
            Check(resource.Id, resource.Id.Type);
            foreach (ResourceId id in resource.PreviousIds)
            {
                Check(id, resource.Id.Type with { Kind = id.Type.Kind });
            }

            void Check(ResourceId id, GroupVersionKind type)
            {
                foreach (int v in byName[id.Name])
                {
                    Variable variable = variables[v];
                    if (variable.Type != type || (variable.ObjectNamespace.Length > 0 && variable.ObjectNamespace != id.EffectiveNamespace) || found[v] == place)
                    {
                        continue;
                    }
                    found[v] = found[v] < 0 ? place : throw Ambiguous(variable, resources[found[v]], resource);
                }
            }
        }
        for (int v = 0; v < found.Length; v++)
        {
            if (found[v] >= 0)
            {
                resources[found[v]] = resources[found[v]].WithVariable(variables[v].Name);
            }
        }
    }

    private static KustomizeException Ambiguous(Variable variable, Resource one, Resource other) => new(
        DiagnosticIds.AmbiguousTarget,
        $"The variable {variable.Name} fits both {one.Id} and {other.Id}.",
        variable.Position,
        "Name the namespace of the object in objref.");
}
