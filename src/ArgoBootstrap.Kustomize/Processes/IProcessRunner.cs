using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>Starts programs; another one stands in for it in tests.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="request">The program.</param>
    /// <param name="output">Told of every line as it is written, without secrets.</param>
    /// <param name="cancellationToken">Ends the program and all that it started.</param>
    /// <exception cref="OperationException">It cannot be started, or does not end in time.</exception>
    Task<ProcessResult> RunAsync(ProcessRequest request, IProgress<string>? output = null, CancellationToken cancellationToken = default);
}
