namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Keeps other processes from doing the same at the same time. The system frees it when its process ends, however that happens.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until no other process holds the lock.</summary>
    /// <param name="path">Absolute path of the file that stands for it.</param>
    /// <param name="patience">Longest wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Frees the lock when disposed.</returns>
    /// <exception cref="IOException">Another process held it all the time.</exception>
    public static IDisposable Enter(string path, TimeSpan patience, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + patience;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (File.Exists(path) && DateTime.UtcNow < end)
            {
                if (cancellation.WaitHandle.WaitOne(Pause))
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
    }
}
