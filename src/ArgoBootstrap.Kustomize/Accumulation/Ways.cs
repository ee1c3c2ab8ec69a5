using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>By which entry of a kustomization each of its objects came, to say both ways of one that comes twice.</summary>
internal sealed class Ways
{
    private readonly List<(int From, Located<string> Entry)> _entries = [];

    /// <summary>Notes that what follows comes by an entry.</summary>
    /// <param name="from">Number of objects so far.</param>
    /// <param name="entry">The entry.</param>
    public void Enter(int from, Located<string> entry) => _entries.Add((from, entry));

    /// <summary>Forgets what is known: objects were removed, so that their numbers are others.</summary>
    public void Forget() => _entries.Clear();

    /// <summary>The error for an object that is there already.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="taken">The one that has its id.</param>
    /// <param name="place">The place of that one.</param>
    public Diagnostic Twice(Resource resource, Resource taken, int place)
    {
        SourcePosition here = resource.Node.Position;
        SourcePosition there = taken.Node.Position;
        bool isSame = (here.File.Path, here.Line, here.Column) == (there.File.Path, there.Line, there.Column);
        int first = _entries.FindLastIndex(e => e.From <= place);
        if (first < 0 || first == _entries.Count - 1)
        {
            return isSame
                ? Error($"{resource.Id.Describe()} is added twice from here.", here, $"Name what leads to {here.File.Path} only once.")
                : Error($"Duplicate {resource.Id.Describe()}; also defined at {there}.", here, "Remove one of them, or make it a patch of the other.");
        }
        (Located<string> one, Located<string> other) = (_entries[first].Entry, _entries[^1].Entry);
        if (!isSame)
        {
            return Error(
                $"Duplicate {resource.Id.Describe()}, added through '{other.Value}' ({other.Position}); also defined at {there}, added through '{one.Value}' ({one.Position}).", here,
                "Remove one of them, or make it a patch of the other.");
        }
        return one.Value == other.Value
            ? Error($"'{other.Value}' is named twice; the other entry is at {one.Position}.", other.Position, "Remove this entry.")
            : Error(
                $"{resource.Id.Describe()} ({here}) is added twice: through '{one.Value}' ({one.Position}) and through '{other.Value}' ({other.Position}).", other.Position,
                $"Name what leads to {here.File.Path} in one place only: in one of the two, or in the kustomization above both.");
    }

    private static Diagnostic Error(string message, SourcePosition position, string remedy) => new(DiagnosticIds.DuplicateResource, DiagnosticSeverity.Error, message, position, remedy);
}
