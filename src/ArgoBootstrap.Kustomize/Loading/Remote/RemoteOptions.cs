namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>How remote bases and files are fetched and kept.</summary>
public sealed record RemoteOptions
{
    /// <summary>
    /// Folder of the cache. When null: what the environment variable <c>ARGOBOOTSTRAP_CACHE</c> names, or the cache folder of the user.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>When what was fetched before is good enough.</summary>
    public RemoteCachePolicy CachePolicy { get; init; }

    /// <summary>Whether what may have changed is asked for again.</summary>
    internal bool Revalidates => CachePolicy is RemoteCachePolicy.Revalidate or RemoteCachePolicy.PublicOnly;

    /// <summary>Whether nothing may be fetched from this machine or its link.</summary>
    internal bool RefusesLocal => CachePolicy == RemoteCachePolicy.PublicOnly;

    /// <summary>The git binary: a name looked up in the PATH, or a path.</summary>
    public string GitCommand { get; init; } = "git";

    /// <summary>Longest that one git command or one HTTP request may take. 27 seconds unless said otherwise, as in kustomize; <c>?timeout=</c> in a Git URL overrides it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(27);

    /// <summary>How often something is tried before it counts as unreachable. 3 unless said otherwise.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause before the second attempt; it doubles with each further one. Half a second unless said otherwise.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause between attempts, and the longest <c>Retry-After</c> that is waited for. 30 seconds unless said otherwise.</summary>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a commit stays in the cache after its last use. 30 days unless said otherwise.</summary>
    public TimeSpan CacheRetention { get; init; } = TimeSpan.FromDays(30);
}
