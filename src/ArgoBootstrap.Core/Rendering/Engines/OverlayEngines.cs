using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>Makes engines, and refuses what one cannot do instead of leaving it out.</summary>
public static class OverlayEngines
{
    /// <summary>Makes an engine.</summary>
    /// <param name="engine">Which.</param>
    /// <param name="options">How overlays are built.</param>
    /// <param name="command">The program: a name looked up in the PATH, or an absolute path; null for <c>kustomize</c> or <c>kubectl</c> in the PATH.</param>
    /// <param name="builders">Gives the builder of the built-in engine; a new one when null.</param>
    /// <exception cref="OperationException">
    /// <see cref="ErrorIds.EngineNotFound"/>: the program is not there.
    /// <see cref="ErrorIds.EngineOptionNotSupported"/>: the engine cannot do what is asked for.
    /// </exception>
    public static IOverlayEngine Create(
        RenderEngine engine, KustomizeOptions options, string? command = null, Func<KustomizeOptions, KustomizeBuilder>? builders = null)
    {
        if (engine == RenderEngine.BuiltIn)
        {
            return command is null ? new BuiltInEngine(builders?.Invoke(options) ?? new KustomizeBuilder(options)) : throw new OperationException(
                ErrorIds.EngineOptionNotSupported,
                $"The built-in engine starts no program, so that '{command}' has no use.",
                "Choose the engine Kustomize or Kubectl as well, or name no program.",
                command);
        }

        if (options.Remote.CachePolicy != RemoteCachePolicy.Revalidate)
        {
            throw new OperationException(
                ErrorIds.EngineOptionNotSupported,
                $"The engine {engine} fetches remote bases and files again each time; it cannot do what RemoteCachePolicy {options.Remote.CachePolicy} asks for.",
                "Leave RemoteCachePolicy out, or render with the built-in engine.",
                options.Remote.CachePolicy.ToString());
        }

        return new ProgramEngine(new ProgramCommand(engine, Find(engine, command), options));
    }

    private static string Find(RenderEngine engine, string? command)
    {
        string name = command ?? (engine == RenderEngine.Kubectl ? "kubectl" : "kustomize");
        string? path = ProgramPath.Find(name);
        return path is not null && File.Exists(path) ? path : throw new OperationException(
            ErrorIds.EngineNotFound,
            path is null ? $"There is no program '{name}' in the PATH." : $"There is no program '{path}'.",
            engine == RenderEngine.Kubectl
                ? "Install kubectl (https://kubernetes.io/docs/tasks/tools/) or name it with -EngineCommand; or leave -Engine out: the built-in engine needs no program."
                : "Install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize/) or name it with -EngineCommand; or leave -Engine out: the built-in engine needs no program.",
            name);
    }
}
