namespace ArgoBootstrap.Tests;

/// <content>For projects whose tests are xunit's.</content>
internal static partial class RepositoryFiles
{
    /// <summary>Absolute path of something in the folder of shared material beside the repository; without it the test is skipped.</summary>
    /// <param name="path">Path relative to the shared folder, with forward slashes.</param>
    public static string SharedOrSkip(string path)
    {
        string? full = Shared(path);
        Assert.SkipWhen(full is null, $"../shared/{path} is not there");
        return full!;
    }
}
