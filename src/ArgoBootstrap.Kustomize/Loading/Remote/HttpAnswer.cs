namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>What came of a request for a file: its content, or why there is none.</summary>
/// <param name="Content">The content; null when there is none.</param>
/// <param name="Failure">Why there is none, as far as it matters for what to do next.</param>
/// <param name="Problem">Why there is none, in words.</param>
internal sealed record HttpAnswer(byte[]? Content, RemoteFailure Failure, string Problem)
{
    /// <summary>A file.</summary>
    /// <param name="content">Its bytes.</param>
    public static HttpAnswer Of(byte[] content) => new(content, RemoteFailure.Other, "");

    /// <summary>No file.</summary>
    /// <param name="failure">Why, as far as it matters for what to do next.</param>
    /// <param name="problem">Why, in words.</param>
    public static HttpAnswer None(RemoteFailure failure, string problem) => new(null, failure, problem);
}
