using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Compares values as the <c>test</c> operation of a JSON patch does: numbers by their JSON text, before it goes through floating point.</summary>
internal static class JsonEquality
{
    /// <summary>Whether two values are the same in JSON; a value that is missing is null.</summary>
    /// <param name="one">A value.</param>
    /// <param name="other">Another value.</param>
    public static bool AreEqual(YamlNode? one, YamlNode? other) => (one, other) switch
    {
        (null or { IsNull: true }, null or { IsNull: true }) => true,
        (MappingNode a, MappingNode b) => AreEqual(a, b),
        (SequenceNode a, SequenceNode b) => AreEqual(a, b),
        (ScalarNode a, ScalarNode b) => AreEqual(a, b),
        _ => false,
    };

    private static bool AreEqual(MappingNode one, MappingNode other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }
        foreach (MappingEntry entry in one.Entries)
        {
            if (!other.TryGet(entry.Key.Value, out YamlNode? value) || !AreEqual(entry.Value, value))
            {
                return false;
            }
        }
        return true;
    }

    private static bool AreEqual(SequenceNode one, SequenceNode other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }
        for (int i = 0; i < one.Count; i++)
        {
            if (!AreEqual(one[i], other[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool AreEqual(ScalarNode one, ScalarNode other)
    {
        ScalarValue a = ScalarValue.Of(one);
        ScalarValue b = ScalarValue.Of(other);
        return a.Kind == ScalarValueKind.String || b.Kind == ScalarValueKind.String ? a.Kind == b.Kind && a.Text == b.Text : one.Value == other.Value;
    }
}
