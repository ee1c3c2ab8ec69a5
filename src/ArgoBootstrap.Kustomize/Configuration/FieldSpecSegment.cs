using System.Globalization;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>One step of a <see cref="FieldSpec"/>'s path.</summary>
/// <param name="Name">The key to follow.</param>
/// <param name="IsSequence">Whether the path says (<c>[]</c>) that the field holds a list. Such a field is never made.</param>
/// <param name="IsKey">Whether the step names a key. Indexes and selectors of other path languages do not.</param>
internal readonly record struct FieldSpecSegment(string Name, bool IsSequence, bool IsKey)
{
    /// <summary>Reads one segment.</summary>
    /// <param name="text">The segment, unescaped.</param>
    public static FieldSpecSegment Parse(string text)
    {
        bool isSequence = text.EndsWith("[]", StringComparison.Ordinal);
        string name = (isSequence ? text[..^2] : text).Trim();
        bool isKey = name is not ("" or "-" or "*")
            && !(name[0] == '[' && name[^1] == ']')
            && !int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return new FieldSpecSegment(name, isSequence, isKey);
    }
}
