using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Writes one parameter of a command.</summary>
internal static class MamlParameter
{
    /// <summary>Writes a parameter as a parameter set has it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="page">The page that describes it.</param>
    public static XElement Write(CommandParameterInfo parameter, CommandPage page)
    {
        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        return new XElement(
            Maml.Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("variableLength", parameter.ParameterType.IsArray),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml.Text + "name", parameter.Name),
            Maml.Description(Describe(parameter.Name, page)),
            Values(parameter.ParameterType),
            isSwitch ? null : new XElement(
                Maml.Command + "parameterValue",
                new XAttribute("required", true),
                new XAttribute("variableLength", parameter.ParameterType.IsArray),
                TypeName(parameter.ParameterType)),
            new XElement(Maml.Dev + "type", new XElement(Maml.Text + "name", TypeName(parameter.ParameterType)), new XElement(Maml.Text + "uri")),
            isSwitch ? new XElement(Maml.Dev + "defaultValue", "False") : null);
    }

    private static IReadOnlyList<string> Describe(string name, CommandPage page) =>
        page.Parameters.TryGetValue(name, out IReadOnlyList<string>? text) ? text
        : name == "WhatIf" ? ["Shows what would be done, and does nothing."]
        : name == "Confirm" ? ["Asks before anything is changed."]
        : [];

    private static XElement? Values(Type type)
    {
        Type named = Nullable.GetUnderlyingType(type) ?? type;
        return named.IsEnum
            ? new XElement(
                Maml.Command + "parameterValueGroup",
                Enum.GetNames(named).Select(name => new XElement(
                    Maml.Command + "parameterValue", new XAttribute("required", false), new XAttribute("variableLength", false), name)))
            : null;
    }

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static string TypeName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? TypeName(value)
        : type.IsArray ? TypeName(type.GetElementType()!) + "[]"
        : type.Name;
}
