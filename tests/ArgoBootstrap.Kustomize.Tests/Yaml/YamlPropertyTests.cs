using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using CsCheck;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class YamlPropertyTests
{
    // What decides styles, escapes, folding and resolution.
    private static readonly string[] Pieces =
    [
        "a", "b c", " ", "  ", "\n", "\n\n", "\t", ":", ": ", " #", "#", "-", "- ", "?", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\",
        "---", "...", "0", "12", "0x1F", "1e3", "1.5", ".5", "_", "true", "yes", "n", "null", "~", "2020-01-02", "12:30", "=", "<<", "é", "日本", "😀", "\u00a0", "\u2028", "\uFEFF", "\r", "\u0007",
        "word word word word word word word word word word word", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
    ];

    private static readonly Gen<string> Text = OneOf(Pieces).Array[0, 5].Select(string.Concat);
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Double.Where(double.IsFinite).Select(d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Long.Select(l => l.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Text.Select(Quote)
        : Gen.Frequency(
            (6, Text.Select(Quote)),
            (2, Number),
            (1, OneOf("true", "false", "null", "[]", "{}")),
            (2, inner.Array[0, 4].Select(items => "[" + string.Join(", ", items) + "]")),
            (3, Gen.Select(Text, inner).Array[0, 5].Select(pairs => "{" + string.Join(", ", pairs.DistinctBy(p => p.Item1).Select(p => Quote(p.Item1) + ": " + p.Item2)) + "}"))));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>The text in double quotes, with escapes for what cannot stand there as it is.</summary>
    private static string Quote(string text) =>
        "\"" + string.Concat(text.Select(c => c is '"' or '\\' ? "\\" + c : c < ' ' || c is '\u2028' or '\uFEFF' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";

    [Fact]
    public void Random_trees_print_as_the_real_kustomize_prints_them()
    {
        SharedFolder.RequireKustomize();
        Json.Array[40].Sample(
            trees =>
            {
                string input = string.Join("---\n", trees.Select((tree, i) => $"kind: A\nmetadata: {{name: x{i}}}\nspec: {tree}\n"));
                using var folder = new TemporaryFolder();
                File.WriteAllText(Path.Combine(folder.Path, "r.yaml"), input);
                File.WriteAllText(Path.Combine(folder.Path, "kustomization.yaml"), "resources: [r.yaml]\n");
                Assert.Equal(SharedFolder.Build(folder.Path).Output, YamlHarness.Render(input));
            },
            iter: 8,
            threads: 1);
    }

    [Fact]
    public void What_is_printed_reads_back_and_prints_the_same() =>
        Json.Sample(
            tree =>
            {
                string once = YamlHarness.Render($"spec: {tree}\n");
                Assert.Equal(once, YamlHarness.Render(once));
            },
            iter: 2000);

    [Fact]
    public void Text_of_any_kind_is_read_or_refused_and_nothing_else() =>
        Gen.OneOf(OneOf(Pieces).Array[0, 20].Select(string.Concat), Gen.String).Sample(
            text =>
            {
                try
                {
                    foreach (YamlNode document in YamlReader.ReadResourceDocuments(Encoding.UTF8.GetBytes(text), new SourceFile("r.yaml")))
                    {
                        YamlHarness.Write(document);
                        YamlV3Writer.ToText(document);
                        CanonicalJsonWriter.ToText(document);
                    }
                }
                catch (KustomizeException e)
                {
                    Assert.All(e.Diagnostics, d => Assert.NotEmpty(d.Remedy));
                }
            },
            iter: 20_000);
}
