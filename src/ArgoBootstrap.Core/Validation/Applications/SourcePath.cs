using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>A path of this repository that an Application or ApplicationSet takes something from.</summary>
/// <param name="Owner">The Application or ApplicationSet.</param>
/// <param name="Path">The path, from the repository's root.</param>
/// <param name="Position">Where it is written.</param>
/// <param name="Kind">What it stands for.</param>
internal sealed record SourcePath(Resource Owner, string Path, SourcePosition Position, SourcePathKind Kind);

/// <summary>What a path of a source stands for.</summary>
internal enum SourcePathKind
{
    /// <summary>The folder that an Application deploys.</summary>
    Source,

    /// <summary>The folders that a git generator makes Applications of; a pattern.</summary>
    GeneratorDirectories,

    /// <summary>The files that a git generator makes Applications of; a pattern.</summary>
    GeneratorFiles,
}
