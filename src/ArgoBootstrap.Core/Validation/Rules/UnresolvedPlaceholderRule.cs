using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A placeholder of the base that no replacement filled. See docs/rules/UnresolvedPlaceholder.md.</summary>
internal sealed class UnresolvedPlaceholderRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "UnresolvedPlaceholder";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "No placeholder such as ENVIRONMENT or host.invalid is left in what an overlay renders to.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.Resources.SelectMany(resource => Left(resource).Select(left => new RuleViolation(
            $"The placeholder '{left.Scalar.Value}' is left in {left.Field} of {ResourceReference.To(resource)}.",
            "Build on the component that fills it in, such as components/argocd/environment or components/argocd/cluster, and list it last.",
            left.Scalar.Position,
            resource)));

    private static IEnumerable<(string Field, ScalarNode Scalar)> Left(Resource resource) =>
        Metadata(resource, "labels").Concat(Metadata(resource, "annotations")).Concat(
            ApplicationSource.IsApplication(resource) ? Application(resource)
            : resource.Kind == "Ingress" ? Ingress(resource)
            : resource is { Kind: "ConfigMap", Name: "argocd-cm" } ? Settings(resource)
            : []);

    private static IEnumerable<(string Field, ScalarNode Scalar)> Metadata(Resource resource, string field) =>
        resource.Node.Child("metadata").Child(field).Entries()
            .Where(entry => entry.Value is ScalarNode value && Placeholders.IsToken(value.Value))
            .Select(entry => ($"metadata.{field}.{entry.Key.Value}", (ScalarNode)entry.Value));

    private static IEnumerable<(string Field, ScalarNode Scalar)> Application(Resource application)
    {
        foreach (ApplicationSource source in ApplicationSource.Of(application))
        {
            if (source.Path is { } path && Placeholders.IsInPath(path.Value))
            {
                yield return ("a source's path", path);
            }

            foreach (ScalarNode value in source.Node.Child("helm").Child("valuesObject").Scalars())
            {
                if (!Placeholders.IsToken(value.Value) && (Placeholders.IsHost(value.Value) || Placeholders.IsUrl(value.Value)))
                {
                    yield return ("a source's helm.valuesObject", value);
                }
            }
        }
    }

    private static IEnumerable<(string Field, ScalarNode Scalar)> Ingress(Resource ingress)
    {
        YamlNode? spec = ingress.Node.Child("spec");
        IEnumerable<(string Field, ScalarNode? Scalar)> hosts =
            spec.Child("rules").Items().Select(rule => ("spec.rules.host", rule.Scalar("host")))
                .Concat(spec.Child("tls").Items().SelectMany(tls => tls.Child("hosts").Items()).Select(host => ("spec.tls.hosts", host as ScalarNode)));
        foreach ((string field, ScalarNode? scalar) in hosts)
        {
            if (scalar is not null && Placeholders.IsHost(scalar.Value))
            {
                yield return (field, scalar);
            }
        }
    }

    private static IEnumerable<(string Field, ScalarNode Scalar)> Settings(Resource settings) =>
        settings.Node.Child("data").Entries()
            .Where(entry => entry.Value is ScalarNode value && (entry.Key.Value == "url" ? Placeholders.IsUrl(value.Value) : Placeholders.IsInText(FirstLine(value.Value))))
            .Select(entry => ($"data.{entry.Key.Value}", (ScalarNode)entry.Value));

    /// <summary>A longer text is a document of its own, in which the words may mean something else.</summary>
    private static string FirstLine(string text) => text.Contains('\n', StringComparison.Ordinal) ? "" : text;
}
