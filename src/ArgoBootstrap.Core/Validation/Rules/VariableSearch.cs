using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>
/// Goes through one object and tells variables that should have been replaced from references that Kubernetes itself
/// resolves, and from text that only looks alike.
/// </summary>
/// <param name="kind">The object's kind.</param>
/// <param name="known">Names that can only be variables of the repository.</param>
internal sealed class VariableSearch(string kind, HashSet<string> known)
{
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];

    private readonly List<string> _field = [];
    private readonly Dictionary<string, LeftVariable> _found = new(StringComparer.Ordinal);
    private MappingNode? _container;

    /// <summary>What is left, each name once.</summary>
    public IEnumerable<LeftVariable> Found => _found.Values;

    /// <summary>Goes through a node.</summary>
    /// <param name="node">The node.</param>
    public void Visit(YamlNode node)
    {
        switch (node)
        {
            case ScalarNode scalar:
                VisitText(scalar);
                break;
            case SequenceNode sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    Visit(item);
                }

                break;
            case MappingNode mapping:
                VisitMapping(mapping);
                break;
        }
    }

    private void VisitMapping(MappingNode mapping)
    {
        MappingNode? outer = _container;
        if (_field.Count > 0 && ContainerLists.Contains(_field[^1]))
        {
            _container = mapping;
        }

        foreach (MappingEntry entry in mapping.Entries)
        {
            _field.Add(entry.Key.Value);
            Visit(entry.Value);
            _field.RemoveAt(_field.Count - 1);
        }

        _container = outer;
    }

    private void VisitText(ScalarNode scalar)
    {
        if (!scalar.Value.Contains("$(", StringComparison.Ordinal))
        {
            return;
        }

        foreach (string name in VariableText.Names(scalar.Value))
        {
            if (IsLeft(name))
            {
                _found.TryAdd(name, new LeftVariable(name, string.Join('.', _field), scalar.Position));
            }
        }
    }

    private bool IsLeft(string name) =>
        known.Contains(name)
            ? _container is null || !MayDefine(_container, name)
            : _container is null && IsReplacedByDefault() && VariableText.IsConstantCase(name);

    /// <summary>
    /// Fields outside of containers in which kustomize replaces variables unasked (its default <c>varReference</c>). In
    /// containers only names known to be the repository's count: others may be environment variables of the container,
    /// services or the shell.
    /// </summary>
    private bool IsReplacedByDefault() => _field switch
    {
        ["metadata", "labels", ..] => true,
        ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"] => false,
        ["metadata", "annotations", ..] => true,
        ["spec", "rules", "host"] or ["spec", "tls", "hosts"] or ["spec", "tls", "secretName"] => kind == "Ingress",
        ["spec", "ports", "port" or "targetPort"] => kind == "Service",
        ["spec", "template", "metadata", "annotations", ..] => kind == "Deployment",
        [.., "nfs", "server"] => true,
        _ => false,
    };

    /// <summary>Whether a container has a variable of that name, or takes some from where it cannot be seen.</summary>
    private static bool MayDefine(MappingNode container, string name) =>
        container["envFrom"] is SequenceNode { Count: > 0 }
        || container["env"].Items().Any(variable => variable.Scalar("name")?.Value == name);
}
