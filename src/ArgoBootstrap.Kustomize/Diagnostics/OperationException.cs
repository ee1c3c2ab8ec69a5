using ArgoBootstrap.Core.Diagnostics;

namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>Something about the repository or the request is wrong, as opposed to the content of a kustomization.</summary>
/// <param name="id">One of <see cref="GitOpsErrorIds"/>.</param>
/// <param name="message">What is wrong, in one sentence that names the thing.</param>
/// <param name="remedy">What to do about it, as an instruction.</param>
/// <param name="target">What it is about: a path or a name.</param>
/// <param name="inner">What was caught, if anything.</param>
public sealed class GitOpsException(string id, string message, string remedy, string target, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The stable name of the error, one of <see cref="GitOpsErrorIds"/>.</summary>
    public string Id { get; } = id;

    /// <summary>What to do about it, as an instruction.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>What the error is about: a path or a name.</summary>
    public string Target { get; } = target;
}
