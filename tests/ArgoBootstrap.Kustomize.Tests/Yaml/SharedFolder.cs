using ArgoBootstrap.Kustomize.Tests.Conformance;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

/// <summary>What lies beside the repository, and the real kustomize; both may be missing.</summary>
internal static class SharedFolder
{
    /// <summary>A file in the folder; the test is skipped when it is not there.</summary>
    internal static string Require(params string[] parts) => RepositoryFiles.SharedOrSkip(string.Join('/', parts));

    /// <summary>The real kustomize; the test is skipped when it is not to be had.</summary>
    internal static string RequireKustomize()
    {
        Assert.SkipWhen(Oracle.Path is null, "The kustomize binary is not to be had.");
        return Oracle.Path!;
    }

    /// <summary>Builds a folder with the real kustomize.</summary>
    internal static (int ExitCode, string Output, string Error) Build(string folder) => Oracle.Build(folder, "--reorder", "none");
}
