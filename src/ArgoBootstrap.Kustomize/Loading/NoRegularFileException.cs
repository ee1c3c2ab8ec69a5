namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>What was to be read is a pipe or a device.</summary>
internal sealed class NoRegularFileException() : IOException("It is a pipe or device, not a regular file.");
