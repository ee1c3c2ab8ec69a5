using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Finds the object that somebody probably meant who named one that is not there.</summary>
internal static class ResourceSuggestion
{
    /// <summary>What is near: the same object in another namespace, of another version or kind, or a similar name of the same kind.</summary>
    /// <param name="resources">The objects that are there.</param>
    /// <param name="wanted">The id that was asked for.</param>
    /// <param name="asksForNamespace">Whether the namespace was asked for; where it was not, no object lacks it.</param>
    /// <returns>A sentence with a blank before it; empty when nothing is near.</returns>
    public static string Sentence(IEnumerable<Resource> resources, ResourceId wanted, bool asksForNamespace = true)
    {
        Resource[] all = [.. resources];
        Resource[] named = [.. all.Where(r => Names(r).Contains(wanted.Name))];
        if (asksForNamespace && Array.Find(named, r => r.Kind == wanted.Type.Kind && r.Id.Type == wanted.Type) is Resource elsewhere)
        {
            return $" {elsewhere.Kind} {wanted.Name} ({elsewhere.Node.Position}) {Namespace(elsewhere)}.";
        }
        if (Array.Find(named, r => r.Kind == wanted.Type.Kind) is Resource other)
        {
            return $" {other.Kind} {wanted.Name} ({other.Node.Position}) has the apiVersion {other.ApiVersion}.";
        }
        if (NameSuggestion.Nearest(wanted.Name, all.Where(r => r.Kind == wanted.Type.Kind).SelectMany(Names)) is string near)
        {
            return $" Did you mean '{near}'?";
        }
        return named.Length > 0 && wanted.Name.Length > 0 ? $" There is a {named[0].Kind} {wanted.Name} ({named[0].Node.Position})." : "";
    }

    private static string Namespace(Resource resource) =>
        resource.OriginalId.IsClusterScoped ? "has no namespace"
        : resource.Namespace.Length > 0 ? $"is in the namespace {resource.Namespace}: write `namespace: {resource.Namespace}`"
        : "names no namespace: leave it out here as well";

    private static IEnumerable<string> Names(Resource resource) => resource.PreviousIds.Select(id => id.Name).Append(resource.Name).Distinct(StringComparer.Ordinal);
}
