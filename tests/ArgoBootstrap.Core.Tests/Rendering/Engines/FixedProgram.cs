using System.Text;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Tests.Rendering.Engines;

/// <summary>Stands in for kustomize without starting anything: always ends in the same way, and keeps how it was started.</summary>
internal sealed class FixedProgram(string output = "", string error = "", int exitCode = 0) : IProcessRunner
{
    public ProcessRequest? Request { get; private set; }

    public Task<ProcessResult> RunAsync(ProcessRequest request, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        Request = request;
        return Task.FromResult(new ProcessResult(exitCode, "", error) { Bytes = Encoding.UTF8.GetBytes(output) });
    }
}
