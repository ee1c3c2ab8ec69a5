using System.Text;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Origins as the YAML text that <c>buildMetadata</c> puts into annotations.</summary>
internal static class OriginText
{
    /// <summary>The text of one origin.</summary>
    /// <param name="origin">The origin.</param>
    public static string Of(Origin origin)
    {
        var text = new StringBuilder();
        Write(text, origin, "", "");
        return text.Length > 0 ? text.ToString() : "{}\n";
    }

    /// <summary>The text of a list of origins.</summary>
    /// <param name="origins">The origins, in order.</param>
    public static string Of(IEnumerable<Origin> origins)
    {
        var text = new StringBuilder();
        foreach (Origin origin in origins)
        {
            Write(text, origin, "- ", "  ");
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Origin origin, string first, string indent)
    {
        string lead = first;
        Field("path", origin.Path, "");
        Field("repo", origin.Repo, "");
        Field("ref", origin.Ref, "");
        Field("configuredIn", origin.ConfiguredIn, "");
        if (origin.ConfiguredBy is (string apiVersion, string kind, string name, string ns))
        {
            text.Append(lead).Append("configuredBy:\n");
            lead = indent;
            Field("apiVersion", apiVersion, "  ");
            Field("kind", kind, "  ");
            Field("name", name, "  ");
            Field("namespace", ns, "  ");
        }

        void Field(string name, string value, string deeper)
        {
            if (value.Length > 0)
            {
                text.Append(lead).Append(deeper).Append(name).Append(": ").Append(Scalar(value)).Append('\n');
                lead = indent;
            }
        }
    }

    /// <summary>Text in the quotes that go-yaml v3 gives it.</summary>
    private static string Scalar(string text)
    {
        ScalarStyle style = V3ScalarWriter.StyleOfString(text);
        return style == ScalarStyle.Plain ? text : YamlV3Writer.ToText(new ScalarNode(text, ScalarTags.String, style, SourcePosition.None)).TrimEnd('\n');
    }
}
