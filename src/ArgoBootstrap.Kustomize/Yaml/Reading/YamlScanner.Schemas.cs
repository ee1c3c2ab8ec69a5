using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Comments that are schemas.</content>
internal sealed partial class YamlScanner
{
    /// <summary>The comments so far that may be schemas; null as long as there is none.</summary>
    internal SchemaComments? SchemaComments { get; private set; }

    /// <summary>Keeps a comment if it begins like JSON; hardly any does.</summary>
    /// <param name="at">Where its <c>#</c> is.</param>
    /// <param name="onOwnLine">Whether nothing stands before it on its line.</param>
    private void KeepSchema(int at, bool onOwnLine)
    {
        int text = at;
        while (Bytes[text] is (byte)'#')
        {
            text++;
        }
        while (IsBlank(text))
        {
            text++;
        }
        if (Bytes[text] != '{')
        {
            return;
        }
        int end = text + Bytes.AsSpan(text).IndexOfAny((byte)'\n', (byte)'\r', (byte)0);
        (SchemaComments ??= new SchemaComments()).Add(Line, onOwnLine, Encoding.UTF8.GetString(Bytes, text, end - text));
    }
}
