using System.Diagnostics;

namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>Ends a program when this process dies without a chance to do it itself (SIGKILL, the task manager, out of memory).</summary>
internal abstract class ProcessWatch : IDisposable
{
    /// <summary>Gets ready to watch over a program.</summary>
    /// <returns>A watch that ends when it is disposed of; null where the platform has none.</returns>
    public static ProcessWatch? Start() => OperatingSystem.IsWindows() ? JobWatch.Create() : ShellWatch.Create();

    /// <summary>Begins to watch over a program.</summary>
    /// <param name="program">The program, which has just been started.</param>
    public abstract void Observe(Process program);

    /// <inheritdoc/>
    public abstract void Dispose();
}
