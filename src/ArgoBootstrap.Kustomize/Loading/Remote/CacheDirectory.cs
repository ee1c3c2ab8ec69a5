using System.Security.Cryptography;
using System.Text;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>The folder in which what was fetched is kept between processes. Only its owner may look into it.</summary>
/// <param name="root">Absolute path.</param>
internal sealed class CacheDirectory(string root)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "ARGOBOOTSTRAP_CACHE";

    /// <summary>Absolute path of the folder.</summary>
    public string Root => root;

    /// <summary>The folder that options, environment or the user's habits name.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Null when there is no place for it: the user has no home.</returns>
    public static CacheDirectory? Locate(RemoteOptions options)
    {
        string? path = options.CacheDirectory;
        path = string.IsNullOrEmpty(path) ? Environment.GetEnvironmentVariable(Variable) : path;
        path = string.IsNullOrEmpty(path) ? OfUser() : path;
        return path is null ? null : new CacheDirectory(WorkingFolder.Resolve(path));
    }

    /// <summary>A short name for something whose own name is long or secret.</summary>
    /// <param name="text">What it is called.</param>
    public static string NameOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 16).ToLowerInvariant();

    /// <summary>A folder in the cache, made when it is not there.</summary>
    /// <param name="segments">Its path.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string Folder(params ReadOnlySpan<string> segments)
    {
        string path = Path.Join([root, .. segments]);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return path;
    }

    /// <summary>Writes a file so that others see either the old content or the new one.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Deletes a folder with everything in it, read-only files of git's included. What cannot be deleted stays.</summary>
    /// <param name="path">Absolute path.</param>
    public static void Delete(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() && Directory.Exists(path))
            {
                foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
                {
                    File.SetAttributes(file, FileAttributes.Normal);
                }
            }
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover costs some disk space, no more.
        }
    }

    private static string? OfUser()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            string home = Environment.GetFolderPath(OperatingSystem.IsMacOS() ? Environment.SpecialFolder.UserProfile : Environment.SpecialFolder.LocalApplicationData);
            return home.Length == 0 ? null : OperatingSystem.IsMacOS() ? Path.Join(home, "Library", "Caches", "ArgoBootstrap") : Path.Join(home, "ArgoBootstrap", "Cache");
        }
        string? folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (folder is not null && Path.IsPathRooted(folder))
        {
            return Path.Join(folder, "argobootstrap");
        }
        string user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return user.Length == 0 ? null : Path.Join(user, ".cache", "argobootstrap");
    }
}
