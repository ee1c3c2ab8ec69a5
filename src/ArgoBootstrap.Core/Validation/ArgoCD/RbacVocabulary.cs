using System.Text.RegularExpressions;
using ArgoBootstrap.Core.Validation.Applications;

namespace ArgoBootstrap.Core.Validation.ArgoCD;

/// <summary>The resources and actions that Argo CD 3 asks permission for (docs/operator-manual/rbac.md, <c>util/rbac/rbac.go</c>).</summary>
internal static class RbacVocabulary
{
    private static readonly string[] Crud = ["get", "create", "update", "delete"];

    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["accounts"] = ["get", "create", "update", "delete"],
        ["applications"] = ["get", "create", "update", "delete", "sync", "override", "rollback", "action"],
        ["applicationsets"] = Crud,
        ["certificates"] = Crud,
        ["clusters"] = Crud,
        ["exec"] = ["create"],
        ["extensions"] = ["invoke"],
        ["gpgkeys"] = Crud,
        ["logs"] = ["get"],
        ["projects"] = Crud,
        ["repositories"] = Crud,
        ["write-repositories"] = Crud,
    };

    /// <summary>Actions on the objects of an Application: <c>action/GROUP/KIND/NAME</c> and the like.</summary>
    private static readonly string[] ActionsOnObjects = ["action/", "update/", "delete/"];

    /// <summary>Resources whose objects are written <c>PROJECT/NAME</c>, always.</summary>
    private static readonly HashSet<string> InProjects = new(StringComparer.Ordinal) { "applications", "applicationsets", "exec", "logs" };

    /// <summary>The effects.</summary>
    public static IReadOnlyList<string> Effects { get; } = ["allow", "deny"];

    /// <summary>The resources.</summary>
    public static IReadOnlyCollection<string> Resources => Actions.Keys;

    /// <summary>The roles that Argo CD brings.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["role:admin", "role:readonly"];

    /// <summary>The resources that a field means: one, or those that a pattern fits.</summary>
    /// <param name="resource">The field.</param>
    /// <param name="isRegex">Whether patterns are regular expressions.</param>
    public static string[] ResourcesFor(string resource, bool isRegex) => [.. Actions.Keys.Where(known => Fits(resource, known, isRegex))];

    /// <summary>Whether any of some resources has an action that a field means.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="action">The field.</param>
    /// <param name="isRegex">Whether patterns are regular expressions.</param>
    public static bool HasAction(string[] resources, string action, bool isRegex) =>
        resources.Any(resource => Actions[resource].Any(known => Fits(action, known, isRegex)))
        || (resources.Contains("applications") && ActionsOnObjects.Any(prefix => action.StartsWith(prefix, StringComparison.Ordinal) || (isRegex && action.Contains('/', StringComparison.Ordinal))));

    /// <summary>The actions of some resources, for suggestions.</summary>
    /// <param name="resources">The resources.</param>
    public static IReadOnlyCollection<string> ActionsOf(string[] resources) => [.. resources.SelectMany(resource => Actions[resource]).Distinct()];

    /// <summary>Whether objects of a resource are always written <c>PROJECT/NAME</c>.</summary>
    /// <param name="resource">The resource.</param>
    public static bool IsInProject(string resource) => InProjects.Contains(resource);

    private static bool Fits(string pattern, string value, bool isRegex)
    {
        if (!isRegex)
        {
            return ProjectGlob.Accepts(pattern, value) && !ProjectGlob.IsDenial(pattern);
        }

        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // An expression that only Go reads: nothing can be said about it.
            return true;
        }
    }
}
