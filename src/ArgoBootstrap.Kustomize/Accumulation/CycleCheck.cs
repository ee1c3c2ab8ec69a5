using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>
/// Walks the folders below a kustomization before anything is accumulated. Layers are accumulated once and waited for by
/// everybody else who needs them, so two overlays that lead to each other must be found before either is begun.
/// </summary>
/// <param name="session">The builds.</param>
internal sealed class CycleCheck(BuildSession session)
{
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _below = new(StringComparer.Ordinal);

    /// <summary>Checks a kustomization and everything below it.</summary>
    /// <param name="chain">The kustomizations being visited, this one last.</param>
    /// <param name="repository">Real path of the clone that they lie in, or null.</param>
    /// <returns>Real paths of the folders below it.</returns>
    /// <exception cref="KustomizeException">The kustomization leads back to itself.</exception>
    public IReadOnlySet<string> Check(Chain chain, string? repository)
    {
        if (_below.TryGetValue(chain.Root, out IReadOnlySet<string>? known))
        {
            return known;
        }
        var below = new HashSet<string>(StringComparer.Ordinal);
        if (session.Sources.FindKustomization(session.Gate(chain.Root, repository)).Entry is SourceEntry entry && TryDecode(entry) is Kustomization kustomization)
        {
            foreach (Located<string> path in Named(kustomization))
            {
                if (Folder(chain.Root, path.Value) is not string folder)
                {
                    continue;
                }
                try
                {
                    Chain next = chain.Enter(folder, path.Position);
                    below.Add(folder);
                    below.UnionWith(Check(next, repository));
                }
                catch (KustomizeException e)
                {
                    throw e.Through(entry.File.Path);
                }
            }
        }
        _below[chain.Root] = below;
        return below;
    }

    private static Kustomization? TryDecode(SourceEntry entry)
    {
        try
        {
            return entry.Kustomization;
        }
        catch (KustomizeException)
        {
            // Accumulating reports it, with more to say.
            return null;
        }
    }

    private static IEnumerable<Located<string>> Named(Kustomization k) =>
        k.Resources.Concat(k.Components).Concat(k.Generators).Concat(k.Transformers).Concat(k.Validators);

    private string? Folder(string root, string path)
    {
        if (path.Length == 0 || path.Contains('\n', StringComparison.Ordinal))
        {
            return null;
        }
        try
        {
            return session.Sources.RealDirectory(Path.GetFullPath(path, root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
