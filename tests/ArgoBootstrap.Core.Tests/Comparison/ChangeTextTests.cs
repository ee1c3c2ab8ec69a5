using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Comparison;

namespace ArgoBootstrap.Core.Tests.Comparison;

public sealed class ChangeTextTests
{
    [Fact]
    public void Text_ShowsTwoLinesAroundEachChange_AndWhereLinesAreLeftOut()
    {
        string[] lines = [.. Enumerable.Range(0, 30).Select(i => $"l{i}")];
        string[] changed = [.. lines];
        changed[10] = "new";
        changed[13] = "newer";

        string text = ChangeText.Of(Change(string.Join('\n', lines), string.Join('\n', changed)));

        Assert.Equal(
            """
            ~ ConfigMap c
              data.f
                  ...
                  l8
                  l9
                - l10
                + new
                  l11
                  l12
                - l13
                + newer
                  l14
                  l15
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Size_GrowsWithTheLines(int lines)
    {
        string before = string.Join('\n', Enumerable.Range(0, lines).Select(i => $"old {i:000000}"));
        string after = string.Join('\n', Enumerable.Range(0, lines).Select(i => $"new {i:000000}"));

        Assert.Equal((2 * lines) + 2, ChangeText.Of(Change(before, after)).Split('\n').Length);
    }

    private static ResourceChange Change(string before, string after) => new()
    {
        Overlay = "o",
        Path = "/o",
        Action = ChangeAction.Changed,
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Namespace = "",
        Name = "c",
        Fields = [new FieldChange("data.f", before, after)],
    };
}
