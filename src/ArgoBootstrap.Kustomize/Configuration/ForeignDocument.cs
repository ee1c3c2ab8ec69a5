using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Reading;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Recognizes what lies under the name of a kustomization file and is something else: then that is the one thing to say.</summary>
internal static class ForeignDocument
{
    private const string Flux = "kustomize.toolkit.fluxcd.io/";

    /// <summary>What a document is that is not a kustomization; null for what can only be a kustomization.</summary>
    /// <param name="document">The document.</param>
    /// <param name="file">The file.</param>
    public static Diagnostic? Describe(YamlNode document, SourceFile file) => document switch
    {
        SequenceNode { Count: > 0 } list => WrongType(
            "A kustomization must be a mapping, but is a list.", list.Position,
            list.Items.ToArray().All(i => i is ScalarNode) ? "Write `resources:` in the line above it." : "Name the field that the list belongs to in the line above it, such as `patches:`."),
        ScalarNode scalar when CharacterNames.IndexIn(scalar.Value) is >= 0 and int at => Deceiving(scalar, at, file),
        ScalarNode { IsNull: false } scalar => WrongType(
            $"A kustomization must be a mapping, but is {ValueDescription.Of(scalar)}.", scalar.Position,
            scalar.Value.Contains(':', StringComparison.Ordinal) ? "Write `field: value`, with a space after the colon." : $"Write `resources: [{scalar.Value}]`, if it is what is to be built."),
        MappingNode mapping => Object(mapping, file),
        _ => null,
    };

    private static Diagnostic Deceiving(ScalarNode scalar, int at, SourceFile file)
    {
        string before = scalar.Value[..at];
        SourcePosition position = before.Contains('\n', StringComparison.Ordinal) || scalar.Position.Column == 0
            ? scalar.Position
            : new SourcePosition(file, scalar.Position.Line - file.LineOffset, scalar.Position.Column - file.ColumnOffset + at);
        return YamlMistakes.CharacterMistake(scalar.Value[at], position);
    }

    private static Diagnostic? Object(MappingNode mapping, SourceFile file)
    {
        string kind = (mapping["kind"] as ScalarNode)?.Value ?? "";
        string version = (mapping["apiVersion"] as ScalarNode)?.Value ?? "";
        SourcePosition position = (mapping["apiVersion"] ?? mapping["kind"])?.Position ?? mapping.Position;
        if (kind == Kustomization.KustomizationKind && version.StartsWith(Flux, StringComparison.Ordinal))
        {
            string path = ((mapping["spec"] as MappingNode)?["path"] as ScalarNode)?.Value ?? "";
            return Wrong(
                "This is a Kustomization of Flux, an object for the cluster, and not a kustomization file.", position,
                "Give the file another name, such as flux-kustomization.yaml, and name it under 'resources' of a kustomization file."
                + (path.Length > 0 ? $" To build what it deploys, build the folder '{path}' of its repository." : ""));
        }
        bool isForeign = kind.Length > 0 && version.Length > 0
            && kind is not (Kustomization.KustomizationKind or Kustomization.ComponentKind)
            && NameSuggestion.Nearest(kind, [Kustomization.KustomizationKind, Kustomization.ComponentKind]) is null;
        return isForeign
            ? Wrong(
                $"This is an object of kind {kind} ({version}), and not a kustomization file.", position,
                $"Give the file another name than {Path.GetFileName(file.Path)}, and name it under 'resources' of a kustomization file.")
            : null;
    }

    private static Diagnostic Wrong(string message, SourcePosition position, string remedy) => new(DiagnosticIds.InvalidValue, DiagnosticSeverity.Error, message, position, remedy);

    private static Diagnostic WrongType(string message, SourcePosition position, string remedy) => new(DiagnosticIds.WrongType, DiagnosticSeverity.Error, message, position, remedy);
}
