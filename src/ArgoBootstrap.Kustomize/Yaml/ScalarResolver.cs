namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>What an unquoted scalar stands for.</summary>
public static class ScalarResolver
{
    /// <summary>The tag that the text of a plain scalar resolves to, by the rules of go-yaml v3 (YAML 1.2 core schema with a few of YAML 1.1's number forms).</summary>
    /// <param name="value">The text.</param>
    /// <returns>One of <see cref="ScalarTags"/>.</returns>
    public static string Resolve(string value) => throw new NotImplementedException(value);
}
