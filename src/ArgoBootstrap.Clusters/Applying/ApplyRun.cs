using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>The state of one apply.</summary>
internal sealed class ApplyRun
{
    private readonly IProgress<ApplyProgress>? _progress;
    private readonly Dictionary<GroupVersionKind, ObjectReference> _definitionOf = [];
    private int _done;

    public ApplyRun(IReadOnlyList<ClusterObject> objects, ApplyOptions options, IProgress<ApplyProgress>? progress)
    {
        Objects = objects;
        Options = options;
        _progress = progress;
        Results = new ObjectApplyResult?[objects.Count];
        CreatedNamespaces.UnionWith(options.PlannedNamespaces);
        foreach (ClusterObject definition in objects.Where(o => ApplyOrder.IsDefinition(o.Reference.Type)))
        {
            foreach (GroupVersionKind type in DefinitionWaiter.TypesOf(definition))
            {
                DefinedTypes.Add(type);
                _definitionOf[type] = definition.Reference;
            }
        }
    }

    /// <summary>Places of objects, the largest first: it would otherwise be the one that everything waits for at the end.</summary>
    public List<int> PlacesOf(Func<ObjectReference, bool> test) =>
        [.. Enumerable.Range(0, Objects.Count).Where(i => test(Objects[i].Reference)).OrderByDescending(i => Objects[i].Json.Length)];

    public IReadOnlyList<ClusterObject> Objects { get; }

    public ApplyOptions Options { get; }

    public ObjectApplyResult?[] Results { get; }

    public HashSet<GroupVersionKind> DefinedTypes { get; } = [];

    /// <summary>Whether objects are applied whose kinds are defined here.</summary>
    public bool UsesDefinedTypes => Objects.Any(o => DefinedTypes.Contains(o.Reference.Type));

    /// <summary>Namespaces that are applied here and were not there before.</summary>
    public HashSet<string> CreatedNamespaces { get; } = new(StringComparer.Ordinal);

    private HashSet<ObjectReference> FailedFoundations { get; } = [];

    /// <summary>Whether a namespace was created by this very apply, so that nothing of ours is in it yet.</summary>
    public bool IsNewNamespace(string ns)
    {
        lock (FailedFoundations)
        {
            return !Options.DryRun && CreatedNamespaces.Contains(ns);
        }
    }

    public ObjectReference? BlockedBy(ObjectReference reference)
    {
        lock (FailedFoundations)
        {
            if (FailedFoundations.Count == 0)
            {
                return null;
            }
            if (_definitionOf.TryGetValue(reference.Type, out ObjectReference definition) && FailedFoundations.Contains(definition))
            {
                return definition;
            }
            ObjectReference[] ns = [.. FailedFoundations.Where(f => ApplyOrder.IsNamespace(f.Type) && f.Name == reference.Namespace)];
            return ns.Length > 0 ? ns[0] : null;
        }
    }

    public void Report(int place, ObjectApplyResult result)
    {
        Results[place] = result;
        ObjectReference reference = Objects[place].Reference;
        if (ApplyOrder.PhaseOf(reference.Type) == ApplyOrder.Foundation)
        {
            lock (FailedFoundations)
            {
                if (result.Action == ApplyAction.Failed)
                {
                    FailedFoundations.Add(reference);
                }
                else if (result.Action == ApplyAction.Created && ApplyOrder.IsNamespace(reference.Type))
                {
                    CreatedNamespaces.Add(reference.Name);
                }
            }
        }
        _progress?.Report(new ApplyProgress(result, Interlocked.Increment(ref _done), Objects.Count));
    }

    public void Fail(int place, OperationException error)
    {
        Results[place] = Results[place]! with { Action = ApplyAction.Failed, ErrorId = error.Id, Message = error.Message, Remedy = error.Remedy };
        lock (FailedFoundations)
        {
            FailedFoundations.Add(Objects[place].Reference);
        }
    }
}
