using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>images</c>. Empty parts are not changed.</summary>
/// <param name="Name">Name of the image without tag; kustomize takes it as a regular expression.</param>
/// <param name="NewName">Name to use instead.</param>
/// <param name="NewTag">Tag to use instead.</param>
/// <param name="TagSuffix">Text to append to the tag.</param>
/// <param name="Digest">Digest to use instead of the tag.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record ImageEntry(Located<string> Name, string NewName, string NewTag, string TagSuffix, string Digest, SourcePosition Position);
