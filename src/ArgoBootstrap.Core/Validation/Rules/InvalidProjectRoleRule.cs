using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Core.Validation.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A role of an AppProject that Argo CD refuses. See docs/rules/InvalidProjectRole.md.</summary>
internal sealed class InvalidProjectRoleRule : IOverlayRule
{
    private const int PermissionFields = 6;

    private static readonly string[] Resources = ["applications", "applicationsets", "clusters", "exec", "logs", "repositories"];
    private static readonly string[] Actions = ["get", "create", "update", "delete", "sync", "override", "rollback", "*"];
    private static readonly string[] ActionsOnObjects = ["action/", "update/", "delete/"];

    /// <inheritdoc/>
    public string Id => "InvalidProjectRole";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "The policies of an AppProject's roles are about the project itself and of a form that Argo CD takes.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        foreach (Resource project in context.Resources.Where(AppProject.IsProject))
        {
            foreach (YamlNode role in project.Node.Child("spec").Child("roles").Items())
            {
                string name = role.Scalar("name")?.Value ?? "";
                foreach (ScalarNode policy in role.Child("policies").Items().OfType<ScalarNode>().Where(policy => !Substitutions.AreIn(policy.Value)))
                {
                    if (Check(project.Name, name, policy.Value) is ({ } problem, { } remedy))
                    {
                        yield return new RuleViolation($"A policy of the role '{name}' of {ResourceReference.To(project)} {problem}, so that Argo CD refuses the project.", remedy, policy.Position, project);
                    }
                }
            }
        }
    }

    private static (string Problem, string Remedy)? Check(string project, string role, string policy)
    {
        string[] fields = [.. policy.Split(',').Select(field => field.Trim())];
        string subject = $"proj:{project}:{role}";
        return fields switch
        {
            _ when fields.Length != PermissionFields || fields[0] != "p" =>
                ("is not of the form p, SUBJECT, RESOURCE, ACTION, OBJECT, EFFECT", $"Write p, {subject}, RESOURCE, ACTION, {project}/NAME, allow or deny."),
            _ when fields[1] != subject => ($"has the subject '{fields[1]}'", $"Write {subject}."),
            _ when !Resources.Contains(fields[2]) => ($"names the resource '{fields[2]}', which is not one of a project", KnownNames.Suggest(fields[2], Resources)),
            _ when !Actions.Contains(fields[3]) && !ActionsOnObjects.Any(prefix => fields[3].StartsWith(prefix, StringComparison.Ordinal)) =>
                ($"names the action '{fields[3]}', which does not exist", KnownNames.Suggest(fields[3], Actions)),
            _ when !IsObject(project, fields[4]) => ($"names the object '{fields[4]}', which is not in the project", $"Write {project}/* or {project}/NAME."),
            _ when !RbacVocabulary.Effects.Contains(fields[5]) => ($"has the effect '{fields[5]}'", "End it with allow or deny."),
            _ => null,
        };
    }

    private static bool IsObject(string project, string text)
    {
        string[] segments = text.Split('/');
        return segments.Length is 2 or 3
            && segments[0] == project
            && segments.Skip(1).All(segment => segment.Length > 0 && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '_' or '-' or '.'));
    }
}
