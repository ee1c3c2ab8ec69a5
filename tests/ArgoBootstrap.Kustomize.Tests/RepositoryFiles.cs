using System.Runtime.CompilerServices;

namespace ArgoBootstrap.Kustomize.Tests;

/// <summary>Where the tests find the repository, and what lies beside it.</summary>
internal static class RepositoryFiles
{
    /// <summary>Absolute path of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Join(Path.GetDirectoryName(ThisFile()), "..", ".."));

    /// <summary>Absolute path of something in the folder of shared material beside the repository, or null when it is not there.</summary>
    public static string? Shared(string path)
    {
        string full = Path.GetFullPath(Path.Join(Root, "..", "shared", path));
        return Path.Exists(full) ? full : null;
    }

    /// <summary>The same, or the test is skipped.</summary>
    public static string SharedOrSkip(string path)
    {
        string? full = Shared(path);
        Assert.SkipWhen(full is null, $"../shared/{path} is not there");
        return full!;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
