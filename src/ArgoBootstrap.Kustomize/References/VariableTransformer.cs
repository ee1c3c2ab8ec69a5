using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Puts the values of variables where <c>$(NAME)</c> is written, in the fields that the configuration lists (kustomize: <c>vars</c>, <c>varReference</c>).</summary>
/// <param name="variables">The variables, which were bound to objects when they were defined.</param>
/// <param name="fields">The fields in which they are replaced.</param>
public sealed class VariableTransformer(VariableSet variables, IReadOnlyList<FieldSpec> fields) : IResourceTransformer
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The variables that nothing used, by name; known after the transformation.</summary>
    public IReadOnlyList<Variable> Unused => [.. variables.Variables.Where(v => !_used.Contains(v.Name))];

    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        if (variables.Count == 0)
        {
            return;
        }
        _used.Clear();
        var expansion = new VariableExpansion(ReadValues(resources), _used);
        Dictionary<GroupVersionKind, FieldSpec[]> byType = [];
        for (int i = 0; i < resources.Count; i++)
        {
            Resource resource = resources[i];
            GroupVersionKind type = resource.Id.Type;
            if (!byType.TryGetValue(type, out FieldSpec[]? specs))
            {
                byType[type] = specs = [.. fields.Where(f => type.IsSelectedBy(f.Type))];
            }
            MappingNode node = resource.Node;
            var shared = new SharedScalars();
            try
            {
                foreach (FieldSpec spec in specs)
                {
                    node = FieldSpecFilter.Apply(node, spec, value => Expand(resource, spec, value, expansion, shared));
                }
            }
            catch (KustomizeException e)
            {
                throw e.In(resource);
            }
            resources[i] = resource.WithNode(shared.Spread(node));
        }
    }

    private Dictionary<string, ScalarNode?> ReadValues(ResourceMap resources)
    {
        Dictionary<string, Resource> sources = new(StringComparer.Ordinal);
        foreach (Resource resource in resources.Resources)
        {
            foreach (string name in resource.VariableNames)
            {
                sources.TryAdd(name, resource);
            }
        }
        Dictionary<string, ScalarNode?> values = new(StringComparer.Ordinal);
        foreach (Variable variable in variables.Variables)
        {
            if (!sources.TryGetValue(variable.Name, out Resource? source))
            {
                throw Invalid(
                    $"No object fits the variable {variable.Name}, which takes its value from {variable.Type} {variable.ObjectName}.",
                    variable,
                    "Correct its objref, or add the object to the resources of the kustomization that defines the variable, or of its bases."
                    + ResourceSuggestion.Sentence(
                        resources.ToList(), ResourceId.Create(variable.Type, variable.ObjectName, variable.ObjectNamespace, clusterScoped: false), variable.ObjectNamespace.Length > 0));
            }
            values[variable.Name] = ReadValue(variable, source);
        }
        return values;
    }

    // Null for a mapping or sequence, which cannot be put into text.
    private static ScalarNode? ReadValue(Variable variable, Resource source)
    {
        YamlNode? field;
        try
        {
            field = FieldPathLookup.Find(source.Node, FieldPath.ParseForVariable(variable.FieldPath).Segments);
        }
        catch (FieldPathException e)
        {
            throw Invalid($"The field {variable.FieldPath} of {source.Id.Describe()}, which the variable {variable.Name} takes, cannot be read: {e.Message}.", variable, "Correct its fieldref.");
        }
        if (field is null)
        {
            throw Invalid($"The field {variable.FieldPath} of {source.Id.Describe()}, which the variable {variable.Name} takes, is not there.", variable, "Correct its fieldref, or add the field.");
        }
        return field is ScalarNode scalar
            ? VariableExpansion.Normalize(scalar) ?? throw Invalid($"The value {scalar.Value} of {variable.FieldPath} of {source.Id.Describe()}, which the variable {variable.Name} takes, is not a decimal number.", variable, "Write the number without prefix or underscores, or put it in quotes.")
            : null;
    }

    private static YamlNode Expand(Resource resource, FieldSpec spec, YamlNode value, VariableExpansion expansion, SharedScalars shared)
    {
        switch (value)
        {
            case ScalarNode scalar:
                return scalar.Tag == ScalarTags.String ? expansion.Apply(scalar) : scalar;
            case MappingNode mapping:
                for (int i = 0; i < mapping.Count; i++)
                {
                    MappingEntry entry = mapping.Entries[i];
                    if (entry.Key.Tag != ScalarTags.String)
                    {
                        throw spec.IsConfigured ? NoText(resource, spec, entry.Key, "a mapping with a key that is not text") : new KustomizeException(
                            DiagnosticIds.InvalidKey,
                            $"The key `{entry.Key.Value}` in {spec.Path} of {resource.Id.Describe()}, where variables are replaced, is not a string.",
                            entry.Key.Position,
                            "Put the key in quotes.");
                    }
                    if (entry.Value is ScalarNode { Tag: ScalarTags.String } text)
                    {
                        mapping = mapping.WithValueAt(i, shared.Set(text, expansion.Apply(text))!);
                    }
                }
                return mapping;
            default:
                var sequence = (SequenceNode)value;
                for (int i = 0; i < sequence.Count; i++)
                {
                    sequence = sequence[i] is ScalarNode { Tag: ScalarTags.String } item
                        ? sequence.WithItemAt(i, expansion.Apply(item))
                        : throw (spec.IsConfigured ? NoText(resource, spec, sequence[i], $"a list with {ValueDescription.Of(sequence[i])} in it") : new KustomizeException(
                            DiagnosticIds.WrongType,
                            $"An item of {spec.Path} of {resource.Id.Describe()}, where variables are replaced, is not a string.",
                            sequence[i].Position,
                            "Put the item in quotes."));
                }
                return sequence;
        }
    }

    /// <summary>The error for a field that a configuration names and that variables cannot be replaced in: the configuration is at fault.</summary>
    private static KustomizeException NoText(Resource resource, FieldSpec spec, YamlNode at, string what)
    {
        string remedy = at is MappingNode { Count: > 0 } mapping
            ? $"Write the path down to the text, such as {spec.Path}/{mapping.Entries[0].Key.Value}."
            : "Name a field that holds text, a list of texts or a mapping of texts, or choose other objects with 'group', 'version' and 'kind'.";
        return new KustomizeException(
            DiagnosticIds.InvalidVariable, $"The varReference {spec.Path} leads to {what} in {resource.Id.Describe()} ({at.Position}), where no variable can be replaced.", spec.Position, remedy);
    }

    private static KustomizeException Invalid(string message, Variable variable, string remedy) => new(DiagnosticIds.InvalidVariable, message, variable.Position, remedy);
}
