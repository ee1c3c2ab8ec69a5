using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>
/// Renders overlays with a program, one process for each, and reads back what it prints. Where something is written the
/// program does not tell: what it rendered has no places, and messages name the overlay's kustomization file.
/// </summary>
/// <param name="command">How the program is started.</param>
/// <param name="runner">Starts it; null for <see cref="ProcessRunner"/>.</param>
internal sealed class ProgramEngine(ProgramCommand command, IProcessRunner? runner = null) : IOverlayEngine, IOverlaySession
{
    private readonly IProcessRunner _runner = runner ?? new ProcessRunner(new SecretMasker());

    /// <inheritdoc/>
    public IOverlaySession BeginSession() => this;

    /// <inheritdoc/>
    public RenderedOverlay Build(string path, CancellationToken cancellationToken = default)
    {
        string file = GitOpsLayout.FindKustomization(path) ?? path;
        SourcePosition position = new(new SourceFile(file), 0, 0);
        ProcessRequest request = command.For(path);
        ProcessResult result = Run(request, position, cancellationToken);
        if (result.ExitCode != 0)
        {
            string reason = ProgramMessages.ErrorOf(result.Error);
            throw Failed(
                $"{command.Name} failed{(reason.Length > 0 ? $": {reason}" : $" with exit code {result.ExitCode} and gave no reason.")}",
                position,
                "Correct what it names. Rendered without -Engine, the message says file, line and column.");
        }

        return new RenderedOverlay(
            PhysicalFileSystem.Instance.ResolveLinks(path),
            Read(result.Bytes, request, position),
            [.. ProgramMessages.WarningsOf(result.Error).Select(warning => warning.At(position))],
            new Lazy<IReadOnlyCollection<string>>([file]),
            result.Bytes);
    }

    private ProcessResult Run(ProcessRequest request, SourcePosition position, CancellationToken cancellationToken)
    {
        try
        {
            return _runner.RunAsync(request, output: null, cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationException exception)
        {
            throw Failed(exception.Message, position, exception.Remedy);
        }
    }

    private IReadOnlyList<Resource> Read(ReadOnlyMemory<byte> printed, ProcessRequest request, SourcePosition position)
    {
        try
        {
            return ProgramOutput.Read(printed);
        }
        catch (KustomizeException exception)
        {
            throw Failed(
                $"{command.Name} printed something that is not a list of Kubernetes objects: {exception.Diagnostics[0].Message}", position, $"Run {request} and look at what it prints.");
        }
    }

    private static KustomizeException Failed(string message, SourcePosition position, string remedy) => new(ErrorIds.EngineFailed, message, position, remedy);
}
