using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>The value of a replacement: where it comes from, and how it gets into a field.</summary>
internal sealed class ReplacementValue
{
    private readonly int _place;
    private readonly FieldPath? _path;
    private readonly YamlNode? _bare;

    private ReplacementValue(YamlNode node, int place = -1, FieldPath? path = null, YamlNode? bare = null)
    {
        Node = node;
        _place = place;
        _path = path;
        _bare = bare;
    }

    /// <summary>The value as it is now.</summary>
    public YamlNode Node { get; private set; }

    /// <summary>The value without what kustomize notes of the source in its annotations, for where it keeps such notes of the target.</summary>
    public YamlNode Bare => _bare ?? Node;

    /// <summary>Whether the value is a part of an object that can hold the field it goes to.</summary>
    /// <param name="place">The object's place.</param>
    public bool IsWithin(int place) => place == _place && Node is not ScalarNode;

    /// <summary>
    /// Looks at the source again when its object was written to: kustomize copies what the field holds at that time, except
    /// where a delimiter took a part of it.
    /// </summary>
    /// <param name="place">The place of the object that was written to.</param>
    /// <param name="written">What it is now.</param>
    public void Follow(int place, MappingNode written)
    {
        if (place != _place || _path is null)
        {
            return;
        }
        try
        {
            Node = FieldPathLookup.Find(written, _path.Segments) ?? Node;
        }
        catch (FieldPathException)
        {
            // What was written left no such field; the value stays what it was.
        }
    }

    /// <summary>Reads the value.</summary>
    /// <param name="replacement">A replacement with a source or a source value.</param>
    /// <param name="resources">The objects.</param>
    /// <exception cref="KustomizeException">There are both, or no or several objects fit, or the field is missing or empty.</exception>
    public static ReplacementValue Of(Replacement replacement, ResourceMap resources)
    {
        if (replacement.Source is not { } source)
        {
            return new ReplacementValue(ScalarNode.Plain(replacement.SourceValue!));
        }
        if (replacement.SourceValue is not null)
        {
            throw Invalid("A replacement has both a source and a sourceValue.", replacement.Position, "Remove one of them.");
        }
        int place = FindSource(source, resources);
        Resource resource = resources[place];
        bool isNoted = source.FieldPath.Segments is [{ Name: "metadata" }] or [{ Name: "metadata" }, { Name: "annotations" }, ..];
        YamlNode? field;
        YamlNode? bare = null;
        try
        {
            field = FieldPathLookup.Find(resource.Node, source.FieldPath.Segments);
            if (isNoted && BuildAnnotations.View(resource) is { } noted)
            {
                bare = field ?? MappingNode.Empty;
                field = FieldPathLookup.Find(noted, source.FieldPath.Segments);
            }
        }
        catch (FieldPathException e)
        {
            throw Invalid($"The source field {source.FieldPath} of {resource.Id.Describe()} cannot be read: {e.Message}.", source.Position, "Correct source.fieldPath.");
        }
        if (field is null or MappingNode { Count: 0 } or SequenceNode { Count: 0 } || field.IsNull)
        {
            throw Invalid($"The source field {source.FieldPath} of {resource.Id.Describe()} is missing or empty.", source.Position, "Correct source.fieldPath, or give the field a value.");
        }
        return source.Options is { Delimiter.Length: > 0 } options
            ? new ReplacementValue(Part(field, source, options, resource))
            : new ReplacementValue(field, bare is null ? place : -1, source.FieldPath, bare);
    }

    /// <summary>The new value of a target field.</summary>
    /// <param name="resource">The object that has the field, for messages.</param>
    /// <param name="field">The field as it is.</param>
    /// <param name="value">The value of the replacement.</param>
    /// <param name="path">The field's path, for messages.</param>
    /// <param name="target">The target.</param>
    public static YamlNode Merge(Resource resource, YamlNode field, YamlNode value, FieldPath path, ReplacementTarget target)
    {
        if (target.Options is { Delimiter.Length: > 0 } options)
        {
            if (field is not ScalarNode old)
            {
                throw Invalid($"The target field {path} of {resource.Id.Describe()} is a {field.KindName}, which a delimiter cannot split.", target.Position, "Remove options.delimiter, or correct the path.");
            }
            List<string> parts = [.. old.Value.Split(options.Delimiter)];
            string part = value is ScalarNode { IsNull: false } scalar ? scalar.Value : "";
            if (options.Index < 0)
            {
                parts.Insert(0, part);
            }
            else if (options.Index >= parts.Count)
            {
                parts.Add(part);
            }
            else
            {
                parts[options.Index] = part;
            }
            return Put(field, string.Join(options.Delimiter, parts));
        }
        return field is ScalarNode ? Put(field, TextOf(value), value.Position) : value;
    }

    /// <summary>A scalar with another text, whose own type and quotes stay.</summary>
    /// <param name="field">The scalar.</param>
    /// <param name="text">The text.</param>
    /// <param name="source">Where the text is written; unknown when no file holds it, or only a part.</param>
    public static YamlNode Put(YamlNode field, string text, SourcePosition source = default) =>
        ReferenceEquals(field, FieldPathUpdate.NewScalar)
            ? ScalarEdit.Untagged(text, ScalarStyle.Plain, source.Line > 0 ? source : SourcePosition.None)
            : ((ScalarNode)field).WithTextOfSameType(text, source.Line > 0 ? source : field.Position);

    /// <summary>The text of a scalar; that of anything else is empty.</summary>
    /// <param name="value">The value.</param>
    public static string TextOf(YamlNode value) => value is ScalarNode scalar ? scalar.Value : "";

    private static ScalarNode Part(YamlNode field, ReplacementSource source, ReplacementOptions options, Resource resource)
    {
        if (field is not ScalarNode scalar)
        {
            throw Invalid($"The source field {source.FieldPath} of {resource.Id.Describe()} is a {field.KindName}, which a delimiter cannot split.", source.Position, "Remove options.delimiter, or correct source.fieldPath.");
        }
        string[] parts = scalar.Value.Split(options.Delimiter);
        if (options.Index < 0 || options.Index >= parts.Length)
        {
            throw Invalid(
                $"The source field {source.FieldPath} of {resource.Id.Describe()} has {parts.Length} parts between \"{options.Delimiter}\", and options.index asks for {options.Index}.",
                source.Position,
                $"Give an index from 0 to {parts.Length - 1}.");
        }
        return scalar.WithTextOfSameType(parts[options.Index]);
    }

    private static int FindSource(ReplacementSource source, ResourceMap resources)
    {
        int found = -1;
        for (int i = 0; i < resources.Count; i++)
        {
            if (!ReplacementMatcher.IsSource(resources[i], source))
            {
                continue;
            }
            if (found >= 0)
            {
                throw new KustomizeException(
                    DiagnosticIds.AmbiguousTarget,
                    $"The source of a replacement ({Describe(source)}) fits both {resources[found].Id} and {resources[i].Id}.",
                    source.Position,
                    "Name kind, name and namespace of one object.");
            }
            found = i;
        }
        return found >= 0 ? found : throw Invalid($"No object fits the source of a replacement ({Describe(source)}).", source.Position, "Correct the source, or add the object.");
    }

    private static string Describe(ReplacementSource source)
    {
        string ns = source.Namespace.Length > 0 ? $" in namespace {source.Namespace}" : "";
        string kind = source.Type.Kind.Length > 0 ? source.Type.Kind : "any kind";
        string group = source.Type.Group.Length + source.Type.Version.Length > 0 ? $" of {source.Type.ApiVersion.Trim('/')}" : "";
        return $"{kind}{group} {(source.Name.Length > 0 ? source.Name : "of any name")}{ns}";
    }

    private static KustomizeException Invalid(string message, SourcePosition position, string remedy) =>
        new(DiagnosticIds.InvalidReplacement, message, position, remedy);
}
