using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Where the kustomization that is being read lies, as origins tell it: relative to the root that is built, or to a remote repository.</summary>
/// <param name="Path">Folder; empty for the root.</param>
/// <param name="Repo">Clone URL; empty for local ones.</param>
/// <param name="Ref">Branch, tag or commit; empty for local ones.</param>
internal sealed record OriginTracker(string Path, string Repo, string Ref)
{
    /// <summary>The root that is built.</summary>
    public static OriginTracker Root { get; } = new("", "", "");

    /// <summary>The tracker for a kustomization that this one names.</summary>
    /// <param name="path">The path as written.</param>
    public OriginTracker Below(string path)
    {
        if (RepositoryUrl.TryParse(path) is not RepositoryUrl url)
        {
            return this with { Path = Join(Path, path) };
        }
        // kustomize has a word of its own for the top of a repository.
        string inside = Join("", url.Path);
        return new OriginTracker(inside.Length > 0 ? inside : "notCloned", UrlRedaction.CloneUrl(url.CloneUrl), url.Ref);
    }

    /// <summary>The origin of the objects of a file.</summary>
    /// <param name="path">The path as written.</param>
    public Origin File(string path)
    {
        OriginTracker file = Below(path);
        return new Origin { Path = file.Path, Repo = file.Repo, Ref = file.Ref };
    }

    /// <summary>The origin of what a built-in generator makes or a built-in transformer does.</summary>
    /// <param name="kustomizationFile">Name of the kustomization file.</param>
    /// <param name="kind">kustomize's name of the generator or transformer.</param>
    public Origin BuiltIn(string kustomizationFile, string kind) => new()
    {
        Repo = Repo,
        Ref = Ref,
        ConfiguredIn = Join(Path, kustomizationFile),
        ConfiguredBy = ("builtin", kind, "", ""),
    };

    /// <summary>The origin of what a generator or transformer with a configuration of its own does.</summary>
    /// <param name="configuration">The configuration object.</param>
    public static Origin? Configured(Resource configuration) => configuration.Origin is not Origin origin ? null : new Origin
    {
        Repo = origin.Repo,
        Ref = origin.Ref,
        ConfiguredIn = origin.Path,
        ConfiguredBy = (configuration.ApiVersion, configuration.Kind, configuration.Name, configuration.Namespace),
    };

    /// <summary>Joins and cleans paths with forward slashes, whatever the platform.</summary>
    private static string Join(string folder, string path)
    {
        var parts = new List<string>();
        foreach (string part in (folder + "/" + path).Split('/', '\\'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }
        return string.Join('/', parts);
    }
}
