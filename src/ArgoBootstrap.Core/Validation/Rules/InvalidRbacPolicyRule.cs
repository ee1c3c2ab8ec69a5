using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.ArgoCD;
using ArgoBootstrap.Core.Validation.Secrets;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>An RBAC policy that Argo CD refuses or that permits nothing. See docs/rules/InvalidRbacPolicy.md.</summary>
internal sealed class InvalidRbacPolicyRule : IOverlayRule
{
    private const string SettingsName = "argocd-rbac-cm";
    private const string MatchMode = "policy.matchMode";
    private const string DefaultRole = "policy.default";
    private const string RolePrefix = "role:";
    private const int PermissionFields = 6;
    private const int RoleFields = 3;

    /// <inheritdoc/>
    public string Id => "InvalidRbacPolicy";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "The lines of Argo CD's RBAC policies can be read and name resources, actions, effects and roles that exist.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.Resources.Where(resource => resource is { Kind: "ConfigMap", ApiVersion: "v1", Name: SettingsName }).SelectMany(Check);

    private static IEnumerable<RuleViolation> Check(Resource settings)
    {
        YamlNode? data = settings.Node.Child("data");
        bool isRegex = data.Scalar(MatchMode)?.Value == "regex";
        (ScalarNode Text, RbacPolicyLine Line)[] lines =
        [
            .. data.Entries()
                .Where(entry => IsPolicy(entry.Key.Value))
                .Select(entry => entry.Value)
                .OfType<ScalarNode>()
                .SelectMany(text => RbacPolicyLine.Read(text.Value).Select(line => (text, line))),
        ];
        HashSet<string> roles = [.. RbacVocabulary.Roles, .. lines.Select(line => line.Line.Fields).Where(fields => fields.Count > 2 && fields[0] is "p" or "g").Select(fields => fields[1])];
        foreach ((ScalarNode text, RbacPolicyLine line) in lines)
        {
            foreach ((string problem, string remedy) in Check(line.Fields, roles, isRegex))
            {
                yield return new RuleViolation($"Line {line.Number} of a policy of {ResourceReference.To(settings)}: {problem}", remedy, EmbeddedText.PositionOf(text, line.Number), settings);
            }
        }

        foreach (RuleViolation violation in CheckSettings(settings, data, roles))
        {
            yield return violation;
        }
    }

    private static IEnumerable<(string Problem, string Remedy)> Check(IReadOnlyList<string> fields, HashSet<string> roles, bool isRegex) => fields switch
    {
        [] => [("the quotation marks do not fit, so that Argo CD refuses the whole policy.", "Put quotation marks around a whole field, and double those within.")],
        ["p", ..] when fields.Count != PermissionFields =>
            [($"a permission has {PermissionFields} fields, this one {fields.Count}, so that Argo CD refuses the whole policy.", "Write p, SUBJECT, RESOURCE, ACTION, OBJECT, EFFECT.")],
        ["g", ..] when fields.Count != RoleFields =>
            [($"a role's assignment has {RoleFields} fields, this one {fields.Count}, so that Argo CD refuses the whole policy.", "Write g, SUBJECT, ROLE; put a name with a comma into quotation marks.")],
        ["p", ..] => CheckPermission(fields, isRegex),
        ["g", ..] => CheckRole(fields[2], roles),
        _ => [($"'{fields[0]}' begins neither a permission nor a role's assignment, so that Argo CD refuses the whole policy.", "Begin the line with p or g, or with # for a comment.")],
    };

    private static IEnumerable<(string Problem, string Remedy)> CheckPermission(IReadOnlyList<string> fields, bool isRegex)
    {
        string resource = fields[2];
        string action = fields[3];
        string[] resources = RbacVocabulary.ResourcesFor(resource, isRegex);
        if (resources.Length == 0)
        {
            yield return ($"there is no resource '{resource}', so that the line has no effect.", KnownNames.Suggest(resource, RbacVocabulary.Resources));
        }
        else if (!RbacVocabulary.HasAction(resources, action, isRegex))
        {
            yield return ($"'{resource}' has no action '{action}', so that the line has no effect.", KnownNames.Suggest(action, RbacVocabulary.ActionsOf(resources)));
        }

        if (RbacVocabulary.IsInProject(resource) && !isRegex && fields[4] != "*" && !fields[4].Contains('*', StringComparison.Ordinal) && !fields[4].Contains('/', StringComparison.Ordinal))
        {
            yield return ($"objects of '{resource}' are written PROJECT/NAME, not '{fields[4]}', so that the line has no effect.", $"Write {fields[4]}/* for everything in a project of that name.");
        }

        if (!RbacVocabulary.Effects.Contains(fields[5]))
        {
            yield return ($"'{fields[5]}' is neither allow nor deny, so that the line has no effect.", "End the line with allow or deny, in lower case.");
        }
    }

    private static IEnumerable<(string Problem, string Remedy)> CheckRole(string role, HashSet<string> roles) =>
        role.StartsWith(RolePrefix, StringComparison.Ordinal) && !roles.Contains(role)
            ? [($"no line gives '{role}' a permission, so that having the role permits nothing.", KnownNames.Suggest(role, [.. roles.Where(known => known.StartsWith(RolePrefix, StringComparison.Ordinal))]))]
            : [];

    private static IEnumerable<RuleViolation> CheckSettings(Resource settings, YamlNode? data, HashSet<string> roles)
    {
        if (data.Scalar(MatchMode) is { } mode && mode.Value is not ("glob" or "regex" or ""))
        {
            yield return new RuleViolation(
                $"{MatchMode} of {ResourceReference.To(settings)} is '{mode.Value}', which Argo CD takes for glob.", "Write glob or regex.", mode.Position, settings);
        }

        if (data.Scalar(DefaultRole) is { Value.Length: > 0 } role && !roles.Contains(role.Value))
        {
            yield return new RuleViolation(
                $"{DefaultRole} of {ResourceReference.To(settings)} is '{role.Value}', which no line gives a permission.",
                KnownNames.Suggest(role.Value, [.. roles.Where(known => known.StartsWith(RolePrefix, StringComparison.Ordinal))]),
                role.Position,
                settings);
        }

        if (data.Scalar("scopes") is { Value.Length: > 0 } scopes && !scopes.Value.TrimStart().StartsWith('[') && !scopes.Value.TrimStart().StartsWith('-'))
        {
            yield return new RuleViolation(
                $"scopes of {ResourceReference.To(settings)} is not a list, so that Argo CD cannot read it.", "Write a list as a text, such as '[groups, email]'.", scopes.Position, settings);
        }
    }

    private static bool IsPolicy(string key) => key.StartsWith("policy.", StringComparison.Ordinal) && key.EndsWith(".csv", StringComparison.Ordinal);
}
