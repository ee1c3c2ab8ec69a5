using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>Writes rendered overlays to files.</summary>
public static class OverlayFileWriter
{
    /// <summary>Writes what <c>kustomize build</c> prints: the whole file or, on any failure, nothing.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="file">The absolute path of the file. One that is there is replaced.</param>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">An object cannot be printed.</exception>
    /// <exception cref="OperationException"><see cref="ErrorIds.FileAccess"/>: the file cannot be written.</exception>
    public static void Write(RenderedOverlay overlay, string file)
    {
        try
        {
            AtomicFile.Write(file, overlay.WriteYaml, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(
                ErrorIds.FileAccess,
                $"{file} cannot be written: {exception.Message}",
                "See that the folder can be written and has room.",
                file,
                exception);
        }
    }
}
