using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Expressions;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Changes names, tags and digests of container images: <c>images</c>.</summary>
internal sealed class ImageTransformer : ResourceTransformer
{
    private readonly ImageEntry _entry;
    private readonly IReadOnlyList<FieldSpec> _fields;
    private readonly ImagePattern _pattern;

    /// <summary>Makes a transformer.</summary>
    /// <param name="entry">What to change; its name is a regular expression, as in kustomize.</param>
    /// <param name="fields">Fields that hold an image, beside those of containers at any depth.</param>
    public ImageTransformer(ImageEntry entry, IReadOnlyList<FieldSpec> fields)
    {
        _entry = entry;
        _fields = fields;
        _pattern = new ImagePattern(entry.Name.Value);
    }

    /// <inheritdoc/>
    protected override Resource Transform(Resource resource)
    {
        MappingNode node = resource.Node;
        if (resource.Kind == "CustomResourceDefinition")
        {
            return resource;
        }
        // Two passes over the same containers, as kustomize does: a tag suffix is appended by both.
        node = (MappingNode)ChangeContainers(node);
        node = FieldSpecFilter.Apply(node, resource.Id.Type, _fields, Change);
        return resource.WithNode(node);
    }

    private YamlNode ChangeContainers(YamlNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                for (int i = 0; i < mapping.Count; i++)
                {
                    MappingEntry entry = mapping.Entries[i];
                    YamlNode value = ChangeContainers(entry.Value);
                    if (entry.Key.Value is "containers" or "initContainers" && value is SequenceNode containers)
                    {
                        value = ChangeImages(containers);
                    }
                    mapping = mapping.WithValueAt(i, value);
                }
                return mapping;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Count; i++)
                {
                    sequence = sequence.WithItemAt(i, ChangeContainers(sequence[i]));
                }
                return sequence;
            default:
                return node;
        }
    }

    private SequenceNode ChangeImages(SequenceNode containers)
    {
        for (int i = 0; i < containers.Count; i++)
        {
            if (containers[i] is not MappingNode container)
            {
                throw new KustomizeException(
                    DiagnosticIds.WrongType, $"An item of a list of containers must be a mapping, but this is a {containers[i].KindName}.", containers[i].Position,
                    "Correct the item; kustomize looks for images in every list called containers or initContainers.");
            }
            if (container["image"] is YamlNode image)
            {
                containers = containers.WithItemAt(i, container.With("image", Change(image)));
            }
        }
        return containers;
    }

    // As in kustomize, the name is read as a regular expression only where there is an image.
    private bool Fits(string image)
    {
        try
        {
            return _pattern.Fits(image);
        }
        catch (ExpressionException e)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue, $"The image name '{_entry.Name}' is not a valid regular expression: {e.Message}.", _entry.Name.Position, ExpressionAdvice.Remedy(_entry.Name.Value));
        }
    }

    private YamlNode Change(YamlNode node)
    {
        if (node is not ScalarNode scalar)
        {
            throw new KustomizeException(DiagnosticIds.WrongType, $"An image must be a string, but this is a {node.KindName}.", node.Position, "Write the image's name.");
        }
        if (!Fits(scalar.Value))
        {
            return node;
        }
        ImageReference image = ImageReference.Parse(scalar.Value);
        if (_entry.NewName.Length > 0)
        {
            image = image with { Name = _entry.NewName };
        }
        image = (_entry.NewTag.Length > 0, _entry.Digest.Length > 0, _entry.TagSuffix.Length > 0) switch
        {
            (true, _, _) => image with { Tag = _entry.NewTag, Digest = _entry.Digest },
            (false, true, _) => image with { Tag = "", Digest = _entry.Digest },
            (false, false, true) => image with { Tag = image.Tag + _entry.TagSuffix, Digest = "" },
            _ => image,
        };
        return scalar.WithText(image.ToString());
    }
}
