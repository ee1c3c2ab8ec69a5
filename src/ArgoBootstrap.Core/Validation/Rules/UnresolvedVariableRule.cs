using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A <c>$(NAME)</c> that no variable replaced. See docs/rules/UnresolvedVariable.md.</summary>
internal sealed class UnresolvedVariableRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "UnresolvedVariable";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "No variable such as $(CLUSTER_NAME) is left in what an overlay renders to.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        HashSet<string> known = [.. Placeholders.Tokens, .. context.Resources.SelectMany(resource => resource.VariableNames)];
        return context.Resources.SelectMany(resource => Check(resource, known));
    }

    private static IEnumerable<RuleViolation> Check(Resource resource, HashSet<string> known)
    {
        VariableSearch search = new(resource.Kind, known);
        search.Visit(resource.Node);
        return search.Found.Select(found => new RuleViolation(
            $"$({found.Name}) is left in {found.Field} of {ResourceReference.To(resource)}.",
            $"Give {found.Name} a value in the overlay, and see that the field is one that variables or replacements reach; write $$({found.Name}) where the text is meant as it is.",
            found.Position,
            resource));
    }
}

/// <summary>A variable that is left.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Field">The field that it is first found in.</param>
/// <param name="Position">Where that is written.</param>
internal sealed record LeftVariable(string Name, string Field, SourcePosition Position);
