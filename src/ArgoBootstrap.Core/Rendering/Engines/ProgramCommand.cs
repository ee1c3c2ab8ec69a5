using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>How a program is started to render an overlay. kustomize and kubectl have the same flags for it.</summary>
/// <param name="engine">Which program.</param>
/// <param name="program">The absolute path of its file.</param>
/// <param name="options">How overlays are built.</param>
internal sealed class ProgramCommand(RenderEngine engine, string program, KustomizeOptions options)
{
    /// <summary>Most bytes that an overlay may render to: more than one does, little enough to be read.</summary>
    public const long MaximumBytes = 256L << 20;

    /// <summary>What is started, for messages: <c>kustomize build</c>.</summary>
    public string Name => engine == RenderEngine.Kubectl ? "kubectl kustomize" : "kustomize build";

    /// <summary>The start for one overlay.</summary>
    /// <param name="path">The absolute path of its folder.</param>
    public ProcessRequest For(string path) => new(program, [engine == RenderEngine.Kubectl ? "kustomize" : "build", path, .. Flags()])
    {
        MaximumBytes = MaximumBytes,
        // The git that it starts for remote bases must neither wait for somebody to type nor take a hook's repository for its own.
        Environment = new Dictionary<string, string?>(GitCommands.NoHook) { ["GIT_INDEX_FILE"] = null, ["GIT_TERMINAL_PROMPT"] = "0" },
    };

    private IEnumerable<string> Flags()
    {
        if (options.LoadRestriction == LoadRestriction.None)
        {
            yield return "--load-restrictor=LoadRestrictionsNone";
        }

        if (options.Reorder == Reorder.None)
        {
            // Hidden since it is deprecated, and still the only way to ask for it.
            yield return "--reorder=none";
        }

        if (options.EnableManagedByLabel)
        {
            // Likewise.
            yield return "--enable-managedby-label";
        }

        if (options.EnableHelm)
        {
            yield return "--enable-helm";
            yield return $"--helm-command={options.HelmCommand}";
            foreach (string version in options.HelmApiVersions)
            {
                yield return $"--helm-api-versions={version}";
            }

            if (options.HelmKubeVersion.Length > 0)
            {
                yield return $"--helm-kube-version={options.HelmKubeVersion}";
            }

            if (options.HelmDebug)
            {
                yield return "--helm-debug";
            }
        }
    }
}
