using System.Text.Json;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Files that were fetched over HTTP, with what the server said to recognize them by, and URLs that turned out to be repositories.</summary>
/// <param name="cache">Where they are kept.</param>
internal sealed class HttpCache(CacheDirectory cache)
{
    private const byte HeaderEnd = (byte)'\n';

    /// <summary>The file of a URL, or null.</summary>
    /// <param name="url">The URL, without user information.</param>
    public HttpCacheEntry? TryRead(string url)
    {
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(url, "file"));
            int end = Array.IndexOf(file, HeaderEnd);
            return end >= 0 && JsonSerializer.Deserialize<Header>(file.AsSpan(0, end)) is Header header && header.Length == file.Length - end - 1
                ? new HttpCacheEntry(header.ETag, header.LastModified, file[(end + 1)..])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a file.</summary>
    /// <param name="url">The URL, without user information.</param>
    /// <param name="entry">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string url, HttpCacheEntry entry)
    {
        cache.Folder("http");
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(entry.ETag, entry.LastModified, entry.Content.Length));
        CacheDirectory.Write(PathOf(url, "file"), [.. header, HeaderEnd, .. entry.Content]);
    }

    /// <summary>Whether a URL turned out to be a repository.</summary>
    /// <param name="url">The URL, without user information.</param>
    public bool IsRepository(string url) => File.Exists(PathOf(url, "repository"));

    /// <summary>Notes that a URL is a repository.</summary>
    /// <param name="url">The URL, without user information.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void MarkRepository(string url)
    {
        cache.Folder("http");
        CacheDirectory.Write(PathOf(url, "repository"), []);
    }

    private string PathOf(string url, string extension) => Path.Join(cache.Root, "http", CacheDirectory.NameOf(url) + "." + extension);

    private sealed record Header(string? ETag, string? LastModified, long Length);
}

/// <summary>A file that was fetched over HTTP.</summary>
/// <param name="ETag">The server's name for this content, if it gave one.</param>
/// <param name="LastModified">When it was changed, in the server's own words, if it said.</param>
/// <param name="Content">The content.</param>
internal sealed record HttpCacheEntry(string? ETag, string? LastModified, byte[] Content);
