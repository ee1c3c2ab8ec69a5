using System.Management.Automation;
using System.Xml.Linq;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Writes the help of one cmdlet: prose from its page, syntax from the cmdlet.</summary>
internal static class MamlCommand
{
    /// <summary>Writes a command.</summary>
    /// <param name="page">What its page says.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    public static XElement Write(CommandPage page, CmdletInfo cmdlet) =>
        new(
            Maml.Command + "command",
            new XElement(
                Maml.Command + "details",
                new XElement(Maml.Command + "name", cmdlet.Name),
                new XElement(Maml.Command + "verb", cmdlet.Verb),
                new XElement(Maml.Command + "noun", cmdlet.Noun),
                Maml.Description(page.Synopsis)),
            Maml.Description(page.Description),
            new XElement(Maml.Command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(page, cmdlet, set))),
            new XElement(Maml.Command + "parameters", Parameters(page, cmdlet)),
            new XElement(Maml.Command + "inputTypes", page.Inputs.Select(type => Typed("inputType", type))),
            new XElement(Maml.Command + "returnValues", page.Outputs.Select(type => Typed("returnValue", type))),
            new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", Maml.Paragraphs(page.Notes))),
            new XElement(Maml.Command + "examples", page.Examples.Select(Example)),
            // Get-Help -Online opens the first link that has an address.
            new XElement(Maml.Command + "relatedLinks", Link("Online version:", $"{cmdlet.Module.ProjectUri}/blob/main/docs/cmdlets/{cmdlet.Name}.md"), page.RelatedLinks.Select(text => Link(text))));

    private static XElement SyntaxItem(CommandPage page, CmdletInfo cmdlet, CommandParameterSetInfo set)
    {
        HashSet<string> own = [.. PageCheck.OwnParameters(cmdlet), .. Cmdlet.OptionalCommonParameters];
        return new XElement(
            Maml.Command + "syntaxItem",
            new XElement(Maml.Text + "name", cmdlet.Name),
            set.Parameters
                .Where(parameter => own.Contains(parameter.Name))
                .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
                .ThenByDescending(parameter => parameter.IsMandatory)
                .Select(parameter => MamlParameter.Write(parameter, page)));
    }

    private static IEnumerable<XElement> Parameters(CommandPage page, CmdletInfo cmdlet)
    {
        ILookup<string, CommandParameterInfo> bySet = cmdlet.ParameterSets
            .SelectMany(set => set.Parameters)
            .ToLookup(parameter => parameter.Name);
        return PageCheck.OwnParameters(cmdlet)
            .Order(StringComparer.Ordinal)
            .Select(name => MamlParameter.Write(bySet[name].First(), page));
    }

    private static XElement Typed(string element, KeyValuePair<string, IReadOnlyList<string>> type) =>
        new(
            Maml.Command + element,
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", type.Key)),
            Maml.Description(type.Value));

    private static XElement Example(CommandExample example) =>
        new(
            Maml.Command + "example",
            new XElement(Maml.Text + "title", $"-------- {example.Title} --------"),
            new XElement(Maml.Dev + "code", example.Code),
            new XElement(Maml.Dev + "remarks", Maml.Paragraphs(example.Remarks)));

    private static XElement Link(string text, string address = "") =>
        new(Maml.Text + "navigationLink", new XElement(Maml.Text + "linkText", text), new XElement(Maml.Text + "uri", address));
}
