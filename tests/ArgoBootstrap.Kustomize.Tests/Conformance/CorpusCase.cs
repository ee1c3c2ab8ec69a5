using System.Text.Json;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Tests.Conformance;

/// <summary>A conformance case: a tree, how it is built, and what the real binary printed.</summary>
internal sealed class CorpusCase
{
    private readonly string _folder;

    public CorpusCase(string folder)
    {
        _folder = folder;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Join(folder, "case.json")));
        JsonElement root = document.RootElement;
        Root = Path.GetFullPath(Path.Join(folder, "input", root.GetProperty("path").GetString()));
        ExpectsError = root.GetProperty("expects").GetString() == "error";
        string[] flags = [.. root.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!)];
        IsUnordered = flags.Contains("none");
        Options = new KustomizeOptions
        {
            Reorder = IsUnordered ? Reorder.None : Reorder.Legacy,
            LoadRestriction = flags.Contains("LoadRestrictionsNone") ? LoadRestriction.None : LoadRestriction.RootOnly,
            EnableManagedByLabel = flags.Contains("--enable-managedby-label"),
        };
        string[] known = ["--reorder", "none", "--load-restrictor", "LoadRestrictionsNone", "--enable-managedby-label"];
        UnknownFlags = [.. flags.Except(known)];
    }

    /// <summary>The folder to build.</summary>
    public string Root { get; }

    public KustomizeOptions Options { get; }

    public bool ExpectsError { get; }

    /// <summary>Whether the case is built with <c>--reorder none</c>.</summary>
    public bool IsUnordered { get; }

    /// <summary>Flags that this harness does not know; a case with any must fail rather than be built another way.</summary>
    public IReadOnlyList<string> UnknownFlags { get; }

    public string Expected => File.ReadAllText(Path.Join(_folder, "expected.yaml"));

    /// <summary>What is printed without <c>--reorder none</c>.</summary>
    public string ExpectedInDefaultOrder
    {
        get
        {
            string path = Path.Join(_folder, "expected.default-order.yaml");
            return File.Exists(path) ? File.ReadAllText(path) : Expected;
        }
    }
}
