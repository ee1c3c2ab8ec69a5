namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>
/// When what was fetched before is good enough. A full commit id names one content for ever, so a commit that is in the cache
/// is never fetched again, whatever the policy.
/// </summary>
public enum RemoteCachePolicy
{
    /// <summary>Branches, tags and files are asked for again in every session; they are transferred only when they have changed.</summary>
    Revalidate,

    /// <summary>What is in the cache is used without asking. Only what is not there is fetched.</summary>
    PreferCache,

    /// <summary>Nothing is fetched: what is not in the cache is an error.</summary>
    CacheOnly,

    /// <summary>
    /// As <see cref="Revalidate"/>, but nothing is fetched from this machine or its link: <c>file://</c>, loopback, link-local
    /// addresses, and names or redirects that lead there. For CI that renders what others propose.
    /// </summary>
    PublicOnly,
}
