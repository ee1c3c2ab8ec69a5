using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// The objects of a build that once had another name, namespace or kind, found by an earlier name. Only these can make a
/// reference change.
/// </summary>
internal sealed class ReferralIndex
{
    private const int GroupingThreshold = 8;
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly ResourceMap _resources;
    private HashSet<(string Original, string Written)>? _namespaces;
    private HashSet<string>? _originalNamespaces;

    /// <summary>Indexes the objects of a build.</summary>
    /// <param name="resources">The objects.</param>
    public ReferralIndex(ResourceMap resources)
    {
        _resources = resources;
        foreach (Resource resource in resources.Resources)
        {
            for (int i = 0; i < resource.PreviousIds.Length; i++)
            {
                string name = resource.PreviousIds[i].Name;
                if (!_byName.TryGetValue(name, out Entry? entry))
                {
                    _byName[name] = entry = new Entry();
                }
                entry.Add(resource);
            }
        }
    }

    /// <summary>Adds the objects that once had a name and that an object can see to a list.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="scope">What the referring object can see.</param>
    /// <param name="found">Receives the objects.</param>
    public void Find(string name, ReferrerScope scope, List<Resource> found)
    {
        if (!_byName.TryGetValue(name, out Entry? entry))
        {
            return;
        }
        if (scope.SeesEverything || entry.All.Count <= GroupingThreshold)
        {
            foreach (Resource resource in entry.All)
            {
                if (scope.Sees(resource))
                {
                    found.Add(resource);
                }
            }
            return;
        }
        entry.AddFrom(ResourceId.ClusterScope, scope, found);
        entry.AddFrom(scope.Namespace, scope, found);
        foreach (string ns in scope.FurtherNamespaces)
        {
            string effective = ns.Length == 0 ? ResourceId.DefaultNamespace : ns;
            if (effective != scope.Namespace)
            {
                entry.AddFrom(effective, scope, found);
            }
        }
    }

    /// <summary>Whether an object that can be seen was loaded into a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="scope">What the referring object can see.</param>
    public bool HasOriginalNamespace(string ns, ReferrerScope scope)
    {
        BuildNamespaces();
        if (scope.SeesEverything)
        {
            return _originalNamespaces!.Contains(ns);
        }
        return _namespaces!.Contains((ns, scope.Namespace))
            || (scope.Namespace == ResourceId.DefaultNamespace && _namespaces.Contains((ns, "")))
            || scope.FurtherNamespaces.Any(further => _namespaces.Contains((ns, further)));
    }

    private void BuildNamespaces()
    {
        if (_namespaces is not null)
        {
            return;
        }
        _namespaces = [];
        _originalNamespaces = new(StringComparer.Ordinal);
        foreach (Resource resource in _resources.Resources)
        {
            string original = resource.OriginalId.EffectiveNamespace;
            if (original == ResourceId.ClusterScope)
            {
                continue;
            }
            _originalNamespaces.Add(original);
            if (!resource.Id.IsClusterScoped)
            {
                _namespaces.Add((original, resource.Namespace));
            }
        }
    }

    private sealed class Entry
    {
        private Dictionary<string, List<Resource>>? _byNamespace;

        public List<Resource> All { get; } = [];

        public void Add(Resource resource)
        {
            if (All.Count == 0 || !ReferenceEquals(All[^1], resource))
            {
                All.Add(resource);
            }
        }

        public void AddFrom(string ns, ReferrerScope scope, List<Resource> found)
        {
            _byNamespace ??= All.GroupBy(r => r.Id.EffectiveNamespace, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
            if (_byNamespace.TryGetValue(ns, out List<Resource>? resources))
            {
                foreach (Resource resource in resources)
                {
                    if (scope.Sees(resource))
                    {
                        found.Add(resource);
                    }
                }
            }
        }
    }
}
