using System.Collections.ObjectModel;
using System.Management.Automation;
using ArgoBootstrap.Kustomize.Diagnostics;
using Microsoft.PowerShell.Commands;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Turns what users write as a path into absolute paths of the file system.</summary>
internal static class SessionPaths
{
    /// <summary>Resolves a path that may have wildcards.</summary>
    /// <param name="session">The session, whose location relative paths start from.</param>
    /// <param name="path">The path. One that exists as it is written is taken so, whatever its characters.</param>
    /// <returns>Absolute paths of what exists; at least one.</returns>
    /// <exception cref="OperationException">Nothing matches, or the path is not one of the file system.</exception>
    public static IReadOnlyList<string> Resolve(SessionState session, string path)
    {
        try
        {
            string literal = ToFileSystem(session, path);
            if (Path.Exists(literal))
            {
                return [literal];
            }

            if (WildcardPattern.ContainsWildcardCharacters(path))
            {
                Collection<string> matches = session.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                RequireFileSystem(provider, path);
                if (matches.Count > 0)
                {
                    // As the file system has them, they are in no certain order.
                    return [.. matches.Order(StringComparer.Ordinal)];
                }
            }
        }
        catch (ItemNotFoundException)
        {
            // Told below, as for a path without wildcards.
        }

        throw NotFound(path);
    }

    /// <summary>Resolves a path that has no wildcards.</summary>
    /// <param name="session">The session, whose location relative paths start from.</param>
    /// <param name="path">The path.</param>
    /// <returns>The absolute path of what exists.</returns>
    /// <exception cref="OperationException">There is nothing, or the path is not one of the file system.</exception>
    public static string ResolveLiteral(SessionState session, string path)
    {
        string literal = ToFileSystem(session, path);
        return Path.Exists(literal) ? literal : throw NotFound(path);
    }

    /// <summary>The absolute path of something that need not exist.</summary>
    /// <param name="session">The session, whose location relative paths start from.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="OperationException">The path is not one of the file system.</exception>
    public static string ToFileSystem(SessionState session, string path)
    {
        try
        {
            string resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            RequireFileSystem(provider, path);
            return resolved;
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException or NotSupportedException)
        {
            throw new OperationException(DiagnosticIds.FileNotFound, $"'{path}' is not a path: {exception.Message}", "Name a file or folder.", path, exception);
        }
    }

    /// <summary>The program that a command means: a path starts from the session's location, a name is left to the PATH.</summary>
    /// <param name="session">The session.</param>
    /// <param name="command">What the user named.</param>
    /// <exception cref="OperationException">The path is not one of the file system.</exception>
    public static string ToProgram(SessionState session, string command) =>
        command.AsSpan().ContainsAny('/', '\\') ? ToFileSystem(session, command) : command;

    /// <summary>Where a cmdlet looks for the repository.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">What the user named, or <see langword="null"/> for the session's location.</param>
    /// <exception cref="OperationException">The path is not one of the file system.</exception>
    public static string RepositoryPath(SessionState session, string? path) =>
        path is null ? session.Path.CurrentFileSystemLocation.ProviderPath : ToFileSystem(session, path);

    private static void RequireFileSystem(ProviderInfo provider, string path)
    {
        if (provider.ImplementingType != typeof(FileSystemProvider))
        {
            throw new OperationException(
                DiagnosticIds.FileNotFound,
                $"'{path}' is a path of the provider {provider.Name}, not of the file system.",
                "Name a file or folder, or change to one.",
                path);
        }
    }

    private static OperationException NotFound(string path) =>
        new(DiagnosticIds.FileNotFound, $"'{path}' does not exist.", "Correct the path. Relative paths start from the session's location.", path);
}
