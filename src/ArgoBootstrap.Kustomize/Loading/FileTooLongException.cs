namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>A file is longer than may be read.</summary>
/// <param name="length">Its length in bytes.</param>
/// <param name="maximum">Most bytes that may be read.</param>
public sealed class FileTooLongException(long length, long maximum)
    : IOException($"It has {length:N0} bytes; at most {maximum:N0} are read.");
