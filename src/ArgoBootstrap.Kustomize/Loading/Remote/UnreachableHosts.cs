using System.Collections.Concurrent;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Hosts that did not resolve or answer in a session: whoever wants something of them later does not wait again. Safe for concurrent use.</summary>
internal sealed class UnreachableHosts
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a host was not reached; null for one that nobody has failed to reach.</summary>
    /// <param name="host">Its name.</param>
    public string? Reason(string host) => _reasons.GetValueOrDefault(host);

    /// <summary>Remembers that a host was not reached.</summary>
    /// <param name="host">Its name; an empty one stands for this machine and is not remembered.</param>
    /// <param name="reason">Why.</param>
    public void Add(string host, string reason)
    {
        if (host.Length > 0)
        {
            _reasons.TryAdd(host, reason);
        }
    }
}
