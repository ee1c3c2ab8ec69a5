using System.Runtime.InteropServices;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// The ordered objects of one accumulation, found by id through an index. Belongs to one build at a time; the resources in
/// it are immutable and shared.
/// </summary>
public sealed class ResourceMap
{
    private readonly List<Resource> _resources;
    private Dictionary<ResourceId, int>? _byCurrentId;
    private Dictionary<ResourceId, List<int>>? _byAnyId;

    /// <summary>Makes an empty map.</summary>
    public ResourceMap() => _resources = [];

    /// <summary>Makes a map of resources whose ids are known to be distinct.</summary>
    /// <param name="resources">The resources, in order.</param>
    public ResourceMap(IEnumerable<Resource> resources) => _resources = [.. resources];

    /// <summary>Number of resources.</summary>
    public int Count => _resources.Count;

    /// <summary>The resource at a place. Setting it keeps the index right.</summary>
    /// <param name="index">Place, from 0.</param>
    public Resource this[int index]
    {
        get => _resources[index];
        set
        {
            Resource old = _resources[index];
            if (ReferenceEquals(old, value))
            {
                return;
            }
            _resources[index] = value;
            if (old.Id != value.Id || old.PreviousIds != value.PreviousIds)
            {
                DropIndex();
            }
        }
    }

    /// <summary>The resources, in order. Valid until the map changes.</summary>
    public ReadOnlySpan<Resource> Resources => CollectionsMarshal.AsSpan(_resources);

    /// <summary>A copy of the list, whose resources are shared.</summary>
    public IReadOnlyList<Resource> ToList() => [.. _resources];

    /// <summary>The first two resources that have the same current id, or null when all ids are distinct.</summary>
    internal (Resource First, Resource Second)? FindTwins()
    {
        var seen = new Dictionary<ResourceId, Resource>(_resources.Count);
        foreach (Resource resource in _resources)
        {
            if (!seen.TryAdd(resource.Id, resource))
            {
                return (seen[resource.Id], resource);
            }
        }
        return null;
    }

    /// <summary>Appends a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The resource that has the same current id already, in which case nothing was appended; otherwise null.</returns>
    public Resource? TryAppend(Resource resource)
    {
        Dictionary<ResourceId, int> index = _byCurrentId ??= BuildCurrentIndex();
        if (!index.TryAdd(resource.Id, _resources.Count))
        {
            return _resources[index[resource.Id]];
        }
        _resources.Add(resource);
        if (_byAnyId is not null)
        {
            AddAnyIds(_byAnyId, resource, _resources.Count - 1);
        }
        return null;
    }

    /// <summary>The place of the resource with a current id, or -1.</summary>
    /// <param name="id">The id.</param>
    public int IndexOfCurrent(ResourceId id) => (_byCurrentId ??= BuildCurrentIndex()).TryGetValue(id, out int at) ? at : -1;

    /// <summary>The places of every resource that has, or once had, an id, in order.</summary>
    /// <param name="id">The id.</param>
    public IReadOnlyList<int> IndexesOfAny(ResourceId id) =>
        (_byAnyId ??= BuildAnyIndex()).TryGetValue(id, out List<int>? places) ? places : [];

    /// <summary>Removes every resource for which a test holds.</summary>
    /// <param name="test">The test.</param>
    public void RemoveAll(Predicate<Resource> test)
    {
        if (_resources.RemoveAll(test) > 0)
        {
            DropIndex();
        }
    }

    /// <summary>Replaces all resources.</summary>
    /// <param name="resources">The new resources, in order.</param>
    public void Reset(IEnumerable<Resource> resources)
    {
        Resource[] all = [.. resources];
        _resources.Clear();
        _resources.AddRange(all);
        DropIndex();
    }

    private void DropIndex()
    {
        _byCurrentId = null;
        _byAnyId = null;
    }

    private Dictionary<ResourceId, int> BuildCurrentIndex()
    {
        var index = new Dictionary<ResourceId, int>(_resources.Count);
        for (int i = 0; i < _resources.Count; i++)
        {
            index.TryAdd(_resources[i].Id, i);
        }
        return index;
    }

    private Dictionary<ResourceId, List<int>> BuildAnyIndex()
    {
        var index = new Dictionary<ResourceId, List<int>>(_resources.Count);
        for (int i = 0; i < _resources.Count; i++)
        {
            AddAnyIds(index, _resources[i], i);
        }
        return index;
    }

    private static void AddAnyIds(Dictionary<ResourceId, List<int>> index, Resource resource, int place)
    {
        Add(resource.Id);
        foreach (ResourceId id in resource.PreviousIds)
        {
            Add(id);
        }

        void Add(ResourceId id)
        {
            if (!index.TryGetValue(id, out List<int>? places))
            {
                index[id] = places = new List<int>(1);
            }
            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }
        }
    }
}
