using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>
/// Short texts that come again and again (field names, <c>string</c>, <c>object</c>, <c>true</c>), kept as one string each
/// together with the tag that they resolve to. Shared by all readers: what is lost in a race between two is only an entry.
/// </summary>
internal static class PlainText
{
    private const int Slots = 4096;
    private const int Longest = 40;
    private static readonly Entry?[] Table = new Entry?[Slots];

    /// <summary>The text of a scalar, and its tag if it is plain.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="plain">Whether the tag is wanted.</param>
    internal static Entry Of(ReadOnlySpan<byte> utf8, bool plain)
    {
        if (utf8.Length > Longest)
        {
            return plain ? Make(utf8) : new Entry(Encoding.UTF8.GetString(utf8), ScalarTags.String);
        }
        uint hash = 2166136261;
        foreach (byte b in utf8)
        {
            hash = (hash ^ b) * 16777619;
        }
        ref Entry? slot = ref Table[(hash ^ (hash >> 15)) % Slots];
        Entry? entry = slot;
        if (entry is null || !Ascii.Equals(utf8, entry.Text))
        {
            entry = Make(utf8);
            slot = entry;
        }
        return entry;
    }

    private static Entry Make(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8);
        return new Entry(text, text == "<<" ? ScalarTags.Merge : ScalarResolver.Resolve(text));
    }

    /// <summary>A text and the tag that it resolves to when it is not quoted.</summary>
    internal sealed record Entry(string Text, string Tag);
}
