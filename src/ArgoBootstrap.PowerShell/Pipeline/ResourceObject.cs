using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Turns rendered resources into objects whose fields are properties: <c>$_.spec.replicas</c>. They serialize to the
/// resource and nothing else; where they come from is in the member set <c>PSOverlay</c>, and in hidden properties of the type, which the script module
/// adds: what is hidden can be grouped by and filtered for, and is not part of what is converted or exported.
/// </summary>
internal static class ResourceObject
{
    /// <summary>The type name that the format view is for.</summary>
    public const string TypeName = "ArgoBootstrap.Resource";

    /// <summary>Turns one resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="root">The absolute path of the folder that was built.</param>
    /// <param name="target">The overlay that renders it.</param>
    public static object From(Resource resource, string root, OverlayTarget target)
    {
        object value = FromMapping(resource.Node);
        PSObject wrapped = PSObject.AsPSObject(value);
        wrapped.TypeNames.Insert(0, TypeName);
        wrapped.Members.Add(new PSMemberSet("PSOverlay", 
        [
            new PSNoteProperty("Path", root),
            new PSNoteProperty("Environment", target.Overlay?.Environment),
            new PSNoteProperty("Cluster", target.Overlay?.Cluster),
            new PSNoteProperty("Overlay", target.RelativePath),
            new PSNoteProperty("Namespace", resource.Namespace),
            new PSNoteProperty("Name", resource.Name),
        ]));
        return wrapped;
    }

    private static object? FromNode(YamlNode node) => node switch
    {
        MappingNode mapping => FromMapping(mapping),
        SequenceNode sequence => FromSequence(sequence),
        ScalarNode scalar => FromScalar(scalar),
        _ => null,
    };

    private static object FromMapping(MappingNode mapping)
    {
        // Properties of an object differ in more than case, and have a name; keys of YAML need not.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        bool fits = true;
        foreach (MappingEntry entry in mapping.Entries)
        {
            fits &= entry.Key.Value.Length > 0 && names.Add(entry.Key.Value);
        }

        return fits ? AsObject(mapping) : AsDictionary(mapping);
    }

    private static PSObject AsObject(MappingNode mapping)
    {
        // No capacity: the reference assembly has no such constructor, the number would become the object that is wrapped.
        PSObject result = new();
        foreach (MappingEntry entry in mapping.Entries)
        {
            result.Properties.Add(new PSNoteProperty(entry.Key.Value, FromNode(entry.Value)), preValidated: true);
        }

        return result;
    }

    private static OrderedDictionary AsDictionary(MappingNode mapping)
    {
        OrderedDictionary result = new(StringComparer.Ordinal);
        foreach (MappingEntry entry in mapping.Entries)
        {
            result[entry.Key.Value] = FromNode(entry.Value);
        }

        return result;
    }

    private static object?[] FromSequence(SequenceNode sequence)
    {
        object?[] result = new object?[sequence.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = FromNode(sequence[i]);
        }

        return result;
    }

    private static object? FromScalar(ScalarNode scalar) => scalar.Tag switch
    {
        ScalarTags.Null => null,
        ScalarTags.Boolean => scalar.Value is "true" or "True" or "TRUE",
        ScalarTags.Integer when int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        ScalarTags.Integer when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        ScalarTags.Float when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => scalar.Value,
    };
}
