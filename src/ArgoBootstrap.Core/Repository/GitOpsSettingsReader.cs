using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Reads the settings file of a repository, and reports every mistake in it at once.</summary>
internal sealed partial class GitOpsSettingsReader
{
    private const string Kind = "GitOpsRepository";

    private readonly List<Diagnostic> _mistakes = [];

    /// <summary>Reads a settings file.</summary>
    /// <param name="path">The absolute path; the file need not exist.</param>
    /// <exception cref="KustomizeException">The file is not YAML, or has fields that are unknown or of the wrong type.</exception>
    public static GitOpsSettings Read(string path)
    {
        if (!File.Exists(path))
        {
            return GitOpsSettings.Default;
        }

        IReadOnlyList<YamlNode> documents = YamlReader.ReadAll(File.ReadAllBytes(path), new SourceFile(path));
        if (documents.Count == 0)
        {
            return GitOpsSettings.Default;
        }

        GitOpsSettingsReader reader = new();
        GitOpsSettings settings = reader.ReadDocument(documents[0]);
        return reader._mistakes.Count == 0 ? settings : throw new KustomizeException(reader._mistakes);
    }

    private GitOpsSettings ReadDocument(YamlNode document)
    {
        MappingNode root = Mapping(document, "the settings");
        RequireKnown(root, "apiVersion", "kind", "metadata", "spec");
        if (Text(root, "kind") is { } kind && kind != Kind)
        {
            Report(DiagnosticIds.InvalidValue, $"The kind is '{kind}'.", root["kind"]!, $"Write 'kind: {Kind}'.");
        }

        MappingNode spec = Mapping(root["spec"], "spec");
        RequireKnown(spec, "repoURL", "targetRevision", "argocd", "environments", "exclude", "rules");
        GitOpsSettings settings = new()
        {
            RepositoryUrl = Text(spec, "repoURL"),
            TargetRevision = Text(spec, "targetRevision") ?? GitOpsSettings.Default.TargetRevision,
            ArgoCD = ReadArgoCD(Mapping(spec["argocd"], "argocd")),
            SaysTargetRevision = spec["targetRevision"] is { IsNull: false },
        };
        (string Name, SourcePosition Position)[] environments = [.. Items(spec["environments"], "environments").Select(ReadEnvironment).OfType<(string, SourcePosition)>()];
        return settings with
        {
            Environments = [.. environments.Select(environment => environment.Name)],
            EnvironmentsPosition = spec["environments"]?.Position ?? SourcePosition.None,
            EnvironmentPositions = [.. environments.Select(environment => environment.Position)],
            Exclude = [.. Items(spec["exclude"], "exclude").Select(ReadPattern).OfType<string>()],
            Rules = ReadRules(Mapping(spec["rules"], "rules")),
        };
    }

    private ArgoCDSettings ReadArgoCD(MappingNode argocd)
    {
        RequireKnown(argocd, "namespace", "installMethod", "version", "chart");
        MappingNode chart = Mapping(argocd["chart"], "chart");
        RequireKnown(chart, "repoURL", "name", "version");
        ArgoCDSettings defaults = new();
        return new ArgoCDSettings
        {
            Namespace = Text(argocd, "namespace") ?? defaults.Namespace,
            InstallMethod = ReadMethod(argocd) ?? defaults.InstallMethod,
            Version = Text(argocd, "version"),
            ChartRepositoryUrl = Text(chart, "repoURL"),
            ChartName = Text(chart, "name"),
            ChartVersion = Text(chart, "version"),
        };
    }

    private ArgoCDInstallMethod? ReadMethod(MappingNode argocd)
    {
        switch (Text(argocd, "installMethod"))
        {
            case "helm":
                return ArgoCDInstallMethod.Helm;
            case "manifest":
                return ArgoCDInstallMethod.Manifest;
            case { } other:
                Report(DiagnosticIds.InvalidValue, $"'{other}' is not a way to install Argo CD.", argocd["installMethod"]!, "Write 'helm' or 'manifest'.");
                return null;
            default:
                return null;
        }
    }

    private (string Name, SourcePosition Position)? ReadEnvironment(YamlNode item)
    {
        MappingNode environment = Mapping(item, "an item of environments");
        RequireKnown(environment, "name", "description");
        if (Text(environment, "name") is not { } name)
        {
            Report(DiagnosticIds.MissingField, "An environment has no name.", item, "Give it a 'name'.");
            return null;
        }

        if (!DnsName.IsLabel(name))
        {
            Report(DiagnosticIds.InvalidValue, $"'{name}' cannot be the name of an environment.", environment["name"]!, "Use lower case letters, digits and hyphens.");
        }

        return (name, environment["name"]!.Position);
    }

    private void RequireKnown(MappingNode mapping, params string[] fields)
    {
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (!fields.Contains(entry.Key.Value))
            {
                Report(DiagnosticIds.UnknownField, $"There is no setting '{entry.Key.Value}' here.", entry.Key, KnownNames.Suggest(entry.Key.Value, fields));
            }
        }
    }

    private string? Text(MappingNode mapping, string field)
    {
        switch (mapping[field])
        {
            case null or { IsNull: true }:
                return null;
            case ScalarNode { Tag: ScalarTags.String } scalar:
                return scalar.Value;
            case { } other:
                Report(DiagnosticIds.WrongType, $"'{field}' is not a text.", other, "Write a text, in quotes where it looks like a number or a truth value.");
                return null;
        }
    }

    private MappingNode Mapping(YamlNode? node, string what)
    {
        if (node is not (null or MappingNode or { IsNull: true }))
        {
            Report(DiagnosticIds.WrongType, $"{what} is a {node.KindName}, not a mapping.", node, "Write fields with values.");
        }

        return node as MappingNode ?? MappingNode.Empty;
    }

    private YamlNode[] Items(YamlNode? node, string what)
    {
        if (node is not (null or SequenceNode or { IsNull: true }))
        {
            Report(DiagnosticIds.WrongType, $"{what} is a {node.KindName}, not a sequence.", node, "Write a list.");
        }

        return node is SequenceNode sequence ? sequence.Items.ToArray() : [];
    }

    private void Report(string id, string message, YamlNode node, string remedy) =>
        _mistakes.Add(new Diagnostic(id, DiagnosticSeverity.Error, message, node.Position, remedy));
}
