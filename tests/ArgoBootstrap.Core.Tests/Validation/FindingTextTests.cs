using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

public sealed class FindingTextTests
{
    private const string Long = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen.";

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(500)]
    public void Finding_IsWholeAndWithinTheWidth(int width)
    {
        Finding finding = Make(Long, "Do what is written here, all of it.");

        IReadOnlyList<string> lines = finding.ToLines(width);

        Assert.Equal($"/r/k.yaml:3:5: error FileNotFound: {Long} Do what is written here, all of it.", string.Join(' ', lines.Select(line => line.Trim())));
        Assert.All(lines, line => Assert.True(line.Length < width || !line.Trim().Contains(' ', StringComparison.Ordinal) || line.Contains("error FileNotFound:", StringComparison.Ordinal), line));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void SeverityAndRule_StayTogether() =>
        Assert.Contains("    error FileNotFound: One", Make(Long, "Do.").ToLines(28), StringComparer.Ordinal);

    [Fact]
    public void Lines_OfAMessage_AreKept() =>
        Assert.Equal(["/r/k.yaml:3:5: error FileNotFound: a", "    b", "    Do."], Make("a\nb", "Do.").ToLines(80));

    [Fact]
    public void Repeat_PointsToTheFirst() =>
        Assert.Equal("    As in apps/first.", (Make("a", "Do.") with { RepeatOf = "apps/first" }).ToLines(80)[^1]);

    [Fact]
    public void Result_CountsWhatOthersReported()
    {
        OverlayTestResult result = new()
        {
            Overlay = "apps/x",
            Path = "/r/apps/x",
            Findings = [Make("a", "Do."), Make("b", "Do.") with { RepeatOf = "apps/w" }, Make("c", "Do.") with { RepeatOf = "apps/w", Severity = DiagnosticSeverity.Warning }],
            Resources = 1,
        };

        Assert.Equal(
            ["Failed  apps/x  (2 errors, 1 warning, 1 resource, 0 ms)", "  /r/k.yaml:3:5: error FileNotFound: a", "      Do.", "  2 findings as in apps/w."],
            result.ToLines(80));
    }

    private static Finding Make(string message, string remedy) => new()
    {
        RuleId = "FileNotFound",
        Severity = DiagnosticSeverity.Error,
        Message = message,
        Remedy = remedy,
        File = "/r/k.yaml",
        Line = 3,
        Column = 5,
    };
}
