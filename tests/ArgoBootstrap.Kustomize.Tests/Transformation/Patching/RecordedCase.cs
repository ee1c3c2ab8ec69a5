namespace ArgoBootstrap.Kustomize.Tests.Transformation.Patching;

/// <summary>A case of a file under <c>cases</c>: an object, a patch, and what kustomize made of them.</summary>
/// <param name="Name">Name; one that begins with v4 was recorded with json-patch 4, which Debian's binary does not use.</param>
/// <param name="Base">The objects.</param>
/// <param name="Patch">The patch.</param>
/// <param name="HasTarget">Whether the patch is applied by a target that fits every object.</param>
/// <param name="Expected">The output; null for an error.</param>
internal sealed record RecordedCase(string Name, string Base, string Patch, bool HasTarget, string? Expected)
{
    private const string Mark = "#### ";

    public static IReadOnlyList<RecordedCase> Read(string file)
    {
        using Stream stream = typeof(RecordedCase).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        string[] sections = ("\n" + reader.ReadToEnd()).Split("\n" + Mark, StringSplitOptions.RemoveEmptyEntries);
        var cases = new List<RecordedCase>();
        for (int i = 0; i < sections.Length; i += 3)
        {
            (string name, string input) = Split(sections[i]);
            (string how, string patch) = Split(sections[i + 1]);
            (string outcome, string expected) = Split(sections[i + 2]);
            cases.Add(new RecordedCase(name, input, patch, how == "patch target", outcome == "expected" ? expected.TrimEnd('\n') + "\n" : null));
        }
        return cases;
    }

    public static TheoryData<string> Names(string file) => [.. Read(file).Select(recorded => recorded.Name)];

    public override string ToString() => Name;

    private static (string Head, string Body) Split(string section)
    {
        int end = section.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (section, "") : (section[..end], section[(end + 1)..] + "\n");
    }
}
