using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>The rules that rendering itself enforces: each diagnostic of the engine is one.</summary>
internal static class RenderRules
{
    /// <summary>The id of a rule that the settings name and that does not exist.</summary>
    public const string UnknownRule = nameof(UnknownRule);

    /// <summary>The rules.</summary>
    public static IReadOnlyList<RuleInfo> All { get; } =
    [
        Error(DiagnosticIds.FileNotFound, "Files and folders that a kustomization names exist."),
        Error(DiagnosticIds.FileUnreadable, "Files that a kustomization names can be read."),
        Error(DiagnosticIds.KustomizationFileMissing, "A folder that is built holds a kustomization file."),
        Error(DiagnosticIds.KustomizationFileAmbiguous, "A folder that is built holds only one kustomization file."),
        Error(DiagnosticIds.Cycle, "Kustomizations do not lead back to themselves."),
        Error(DiagnosticIds.OutsideRoot, "A kustomization uses no files outside its own folder."),
        Error(DiagnosticIds.InvalidYaml, "Files are YAML."),
        Error(DiagnosticIds.LimitExceeded, "Files stay within the limits of size, nesting and alias expansion."),
        Error(DiagnosticIds.DuplicateKey, "A mapping has no key twice."),
        Error(DiagnosticIds.InvalidKey, "The keys of a mapping are strings."),
        Error(DiagnosticIds.UnknownField, "A kustomization has only fields that kustomize knows."),
        Error(DiagnosticIds.WrongType, "A field holds a value of the right type."),
        Error(DiagnosticIds.MissingField, "Fields that are required are there."),
        Error(DiagnosticIds.InvalidValue, "A field holds a value that is allowed."),
        new(DiagnosticIds.DeprecatedField, DiagnosticSeverity.Warning, RuleScope.Render, "A kustomization uses no deprecated field."),
        Error(DiagnosticIds.InvalidResource, "An object has an apiVersion, a kind and a name."),
        Error(DiagnosticIds.DuplicateResource, "No two objects have the same type, namespace and name."),
        Error(DiagnosticIds.TargetNotFound, "A patch, generator or replica count finds its object."),
        Error(DiagnosticIds.AmbiguousTarget, "A patch, variable or reference fits one object only."),
        Error(DiagnosticIds.InvalidPatch, "A patch is of a known form and can be applied."),
        Error(DiagnosticIds.InvalidReplacement, "A replacement finds its source and its targets."),
        Error(DiagnosticIds.InvalidVariable, "A variable is defined once and has a value."),
        Error(DiagnosticIds.InvalidGenerator, "A generator has input that it can use."),
        Error(DiagnosticIds.InvalidTransformer, "A transformer or validator has a configuration that it can use."),
        Error(DiagnosticIds.PluginNotSupported, "Nothing needs an executable or container plugin."),
        Error(DiagnosticIds.InvalidSchema, "An OpenAPI or CRD schema can be used."),
        Error(DiagnosticIds.RemoteUnavailable, "Remote bases and files can be fetched."),
        new(DiagnosticIds.RemoteIsLocal, DiagnosticSeverity.Warning, RuleScope.Render, "Nothing is fetched from the machine that renders, or from its link."),
        Error(DiagnosticIds.HelmFailed, "Helm charts can be inflated."),
        new(DiagnosticIds.HelmValuesDropped, DiagnosticSeverity.Warning, RuleScope.Render, "Merging values of a chart loses none of them."),
        Error(ErrorIds.EngineFailed, "The program that is to render an overlay renders it."),
        new(ErrorIds.EngineWarning, DiagnosticSeverity.Warning, RuleScope.Render, "The program that renders an overlay warns of nothing."),
        Error(OverlayBuild.UnexpectedError, "Validation itself works."),
        new(UnknownRule, DiagnosticSeverity.Warning, RuleScope.Settings, "The settings name only rules that exist."),
    ];

    private static RuleInfo Error(string id, string summary) => new(id, DiagnosticSeverity.Error, RuleScope.Render, summary);
}
