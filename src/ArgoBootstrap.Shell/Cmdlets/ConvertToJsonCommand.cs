using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ArgoBootstrap.Shell.Cmdlets;

/// <summary>ConvertTo-Json, which pwsh has in a module that is no package.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _input = [];

    /// <summary>What is converted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>How many levels of objects are converted; deeper ones become text.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Leaves out spaces and line ends.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Writes an array even where there is only one object.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _input.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using MemoryStream text = new();
        JsonWriterOptions options = new() { Indented = !Compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(text, options))
        {
            Write(writer, _input.Count == 1 && !AsArray ? _input[0] : _input, Depth + 1);
        }

        WriteObject(Encoding.UTF8.GetString(text.ToArray()));
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string or char or Uri or Version or TimeSpan or Guid:
                writer.WriteStringValue(plain.ToString());
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case Enum member:
                writer.WriteStringValue(member.ToString());
                break;
            case IFormattable when plain.GetType().IsPrimitive || plain is decimal:
                writer.WriteRawValue(JsonSerializer.Serialize(plain));
                break;
            default:
                WriteDeep(writer, plain, depth);
                break;
        }
    }

    private static void WriteDeep(Utf8JsonWriter writer, object value, int depth)
    {
        if (depth == 0)
        {
            writer.WriteStringValue(value.ToString());
        }
        else if (value is IDictionary dictionary)
        {
            WriteFields(writer, dictionary.Cast<DictionaryEntry>().Select(entry => (entry.Key.ToString()!, entry.Value)), depth);
        }
        else if (value is IEnumerable items)
        {
            writer.WriteStartArray();
            foreach (object? item in items)
            {
                Write(writer, item, depth - 1);
            }

            writer.WriteEndArray();
        }
        else
        {
            WriteFields(writer, PSObject.AsPSObject(value).Properties.Where(property => property.IsGettable).Select(property => (property.Name, (object?)property.Value)), depth);
        }
    }

    private static void WriteFields(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> fields, int depth)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in fields)
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth - 1);
        }

        writer.WriteEndObject();
    }
}
