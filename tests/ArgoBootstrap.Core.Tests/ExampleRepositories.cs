namespace ArgoBootstrap.Core.Tests;

/// <summary>The repositories that come with the project.</summary>
internal static class ExampleRepositories
{
    private static readonly string Root = RepositoryFiles.Root;

    /// <summary>The folder that the example repository's root is: the project's own.</summary>
    public static string Example => Path.Combine(Root, "apps");

    /// <summary>The older form of the layout, with <c>vars</c>.</summary>
    public static string Vars => Path.Combine(Root, "tests", "fixtures", "vars-repository");

    /// <summary>A file of the project.</summary>
    /// <param name="relativePath">Its path, with forward slashes.</param>
    public static string File(string relativePath) => Path.Combine([Root, .. relativePath.Split('/')]);
}
