using System.Text;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Makes transformers of patches, inline or in files.</summary>
/// <param name="loader">Reads files.</param>
/// <param name="schema">The schema in force.</param>
internal sealed class PatchLoader(RootLoader loader, KubernetesSchema schema)
{
    /// <summary>The transformer for an entry of <c>patches</c>.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="KustomizeException">The entry or its file cannot be used.</exception>
    public IResourceTransformer Patch(PatchEntry entry)
    {
        (byte[] text, SourceFile file) = TextOf(entry);
        ParsedPatch patch = PatchParser.Parse(text, file, () => ResourceReader.Read(text, file, schema, loader.Session.Limits));
        return new PatchTransformer(patch, entry.Target is null ? null : Selector(entry.Target), entry.AllowNameChange, entry.AllowKindChange);
    }

    /// <summary>The transformer for an entry of <c>patchesJson6902</c>.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="KustomizeException">The entry or its file cannot be used.</exception>
    public IResourceTransformer Json6902(PatchEntry entry)
    {
        if (entry.Target is not { Name.Length: > 0 } target)
        {
            throw new KustomizeException(DiagnosticIds.MissingField, "A JSON 6902 patch needs a target with a name.", entry.Position, "Name the object under 'target'.");
        }
        (byte[] text, SourceFile file) = TextOf(entry);
        return new Json6902PatchTransformer(JsonPatch6902.Parse(text, file), Selector(target));
    }

    /// <summary>The transformer for <c>patchesStrategicMerge</c>.</summary>
    /// <param name="entries">Paths or inline text.</param>
    /// <param name="outer">The file that holds the entries.</param>
    /// <exception cref="KustomizeException">An entry cannot be used.</exception>
    public IResourceTransformer StrategicMerge(IReadOnlyList<Located<string>> entries, SourceFile outer)
    {
        var patches = new List<Resource>();
        foreach (Located<string> entry in entries)
        {
            patches.AddRange(InlineConfiguration.TryRead(entry, loader.Session, "patchesStrategicMerge") ?? loader.Load(entry, "patchesStrategicMerge").Resources(schema));
        }
        if (patches.Count == 0)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidPatch, "The patches are empty.", entries.Count > 0 ? entries[0].Position : new SourcePosition(outer, 0, 0), "Write what is to be changed, or remove them.");
        }
        return new StrategicMergePatchTransformer([.. patches.Select(p => p.WithSchema(schema))]);
    }

    /// <summary>The selector that an entry describes.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="KustomizeException">A part of it is not a regular expression, or not a selector.</exception>
    public static TargetSelector Selector(SelectorEntry entry) =>
        new(entry.Type, entry.Name, entry.Namespace, entry.LabelSelector, entry.AnnotationSelector, entry.Position, entry.Written);

    private (byte[] Text, SourceFile File) TextOf(PatchEntry entry)
    {
        string? inline = entry.Text?.Value.Trim();
        switch (inline?.Length > 0, entry.Path.Value.Length > 0)
        {
            case (true, true):
                throw new KustomizeException(DiagnosticIds.InvalidPatch, "A patch has both a path and inline text.", entry.Position, "Keep one of them.");
            case (false, false):
                throw new KustomizeException(DiagnosticIds.InvalidPatch, "A patch has neither a path nor inline text.", entry.Position, "Give it 'path' or 'patch'.");
            case (true, false):
                ScalarNode scalar = entry.Text!;
                SourceFile file = InlineText.Of(scalar.Style, scalar.Position, loader.Session.Known(scalar.Position.File.Path)?.Content ?? []);
                // Leading blank lines count for positions, but kustomize trims them.
                int blank = scalar.Value.TakeWhile(char.IsWhiteSpace).Count(c => c == '\n');
                return (Encoding.UTF8.GetBytes(inline!), blank == 0 ? file : new SourceFile(file.Path, file.LineOffset + blank, file.ColumnOffset));
            default:
                SourceEntry source = loader.Load(entry.Path, "patches");
                return (source.Content, source.File);
        }
    }
}
