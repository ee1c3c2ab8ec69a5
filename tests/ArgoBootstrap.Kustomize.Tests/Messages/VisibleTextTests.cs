using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, größe, 🚀", "plain, größe, 🚀")]
    [InlineData("two\nlines\r\nand\ta tab", "two\nlines\r\nand\ta tab")]
    [InlineData("a\u001B[2Jb", "a\\u001B[2Jb")]
    [InlineData("\u0007", "\\u0007")]
    [InlineData("overwritten\rx", "overwritten\\u000Dx")]
    [InlineData("x\u202Ey\u2066", "x\\u202Ey\\u2066")]
    [InlineData("\u007F\u009B", "\\u007F\\u009B")]
    [InlineData("", "")]
    public void Characters_ThatActOnATerminal_AreEscaped(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Diagnostic_HasNone_HoweverItIsMade()
    {
        Diagnostic made = new(DiagnosticIds.FileNotFound, DiagnosticSeverity.Error, "a\u001Bb", new SourcePosition(new SourceFile("/r/k.yaml"), 1, 1), "c\u0007d");
        Diagnostic changed = made with { Message = "e\u001Bf" };

        Assert.Equal(("a\\u001Bb", "c\\u0007d", "e\\u001Bf"), (made.Message, made.Remedy, changed.Message));
    }
}
