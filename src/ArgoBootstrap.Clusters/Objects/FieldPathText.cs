namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Writes paths of fields: <c>metadata.labels['app.kubernetes.io/name']</c>, <c>containers[name=server]</c>.</summary>
internal static class FieldPath
{
    /// <summary>The path of a mapping's value.</summary>
    /// <param name="path">The mapping's path; empty for the object.</param>
    /// <param name="key">The key.</param>
    public static string Join(string path, string key)
    {
        bool plain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return plain ? (path.Length == 0 ? key : $"{path}.{key}") : $"{path}['{key}']";
    }

    /// <summary>Whether a path is that of a field, or of something in it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">The field's path.</param>
    public static bool IsWithin(string path, string field) =>
        path.StartsWith(field, StringComparison.Ordinal) && (path.Length == field.Length || path[field.Length] is '.' or '[');
}
