using System.Xml.Linq;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Elements of MAML, the XML that Get-Help reads.</summary>
internal static class Maml
{
    /// <summary>The namespace of texts.</summary>
    public static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";

    /// <summary>The namespace of commands.</summary>
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    /// <summary>The namespace of types.</summary>
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly XNamespace HelpItems = "http://msh";

    /// <summary>A whole help file.</summary>
    /// <param name="commands">Its commands.</param>
    public static XDocument Document(IEnumerable<XElement> commands) =>
        new(new XElement(
            HelpItems + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            commands));

    /// <summary>A description of paragraphs.</summary>
    /// <param name="paragraphs">The paragraphs.</param>
    public static XElement Description(params IEnumerable<string> paragraphs) => new(Text + "description", Paragraphs(paragraphs));

    /// <summary>Paragraphs.</summary>
    /// <param name="paragraphs">Their texts.</param>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(paragraph => new XElement(Text + "para", paragraph));
}
