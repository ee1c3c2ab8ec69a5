using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Names that fields have elsewhere (in Helm, Argo CD, Kubernetes) and that are written for those of a kustomization.</summary>
internal static class OtherNames
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["data"] = ["literals"],
        ["stringData"] = ["literals"],
        ["tag"] = ["newTag"],
        ["image"] = ["newName", "images"],
        ["repository"] = ["newName", "repo"],
        ["repoURL"] = ["repo"],
        ["targetRevision"] = ["version"],
        ["chart"] = ["name", "helmCharts"],
        ["values"] = ["valuesInline"],
        ["valuesObject"] = ["valuesInline"],
        ["valueFiles"] = ["additionalValuesFiles"],
        ["replicas"] = ["count"],
        ["file"] = ["path", "files"],
        ["labels"] = ["pairs"],
        ["annotations"] = ["commonAnnotations"],
        ["prefix"] = ["namePrefix"],
        ["suffix"] = ["nameSuffix"],
        ["commonNamespace"] = ["namespace"],
        ["configMaps"] = ["configMapGenerator"],
        ["secrets"] = ["secretGenerator"],
        ["charts"] = ["helmCharts"],
        ["variables"] = ["vars"],
        ["selector"] = ["target"],
    };

    /// <summary>The remedy for a field that is not known.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The fields that there are.</param>
    public static string Remedy(string name, IReadOnlyCollection<string> known)
    {
        if (CharacterNames.IndexIn(name) is >= 0 and int at)
        {
            string cleaned = CharacterNames.Cleaned(name);
            return $"The name holds {CharacterNames.Of(name[at])}. {(known.Contains(cleaned) ? $"Write '{cleaned}'." : "Correct it.")}";
        }
        string? meant = NameSuggestion.Nearest(name, known) ?? (Known.TryGetValue(name, out string[]? others) ? Array.Find(others, known.Contains) : null);
        return "Remove it or correct its name." + (meant is null ? "" : $" Did you mean '{meant}'?");
    }
}
