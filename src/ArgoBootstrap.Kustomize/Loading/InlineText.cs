using System.Text;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Text written inside a YAML file, such as an inline patch, as a file of its own whose positions are those in the outer file.</summary>
internal static class InlineText
{
    /// <summary>The file that stands for a scalar's text.</summary>
    /// <param name="style">How the scalar is written.</param>
    /// <param name="position">Where the scalar begins: at its quote, indicator or first letter.</param>
    /// <param name="content">The outer file.</param>
    public static SourceFile Of(ScalarStyle style, SourcePosition position, byte[] content)
    {
        bool isBlock = style is ScalarStyle.Literal or ScalarStyle.Folded;
        if (!isBlock)
        {
            return new SourceFile(position.File.Path, Math.Max(0, position.Line - 1), Math.Max(0, position.Column - (style == ScalarStyle.Plain ? 1 : 0)));
        }
        string[] lines = Encoding.UTF8.GetString(content).Split('\n');
        string? first = lines.Skip(position.Line).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l));
        return new SourceFile(position.File.Path, position.Line, first is null ? 0 : first.Length - first.TrimStart(' ').Length);
    }
}
