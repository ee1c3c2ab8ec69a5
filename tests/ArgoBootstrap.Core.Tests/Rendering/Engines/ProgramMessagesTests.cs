using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Core.Tests.Rendering.Engines;

/// <summary>The texts are what kustomize 5.8 and kubectl 1.32 write, with other values.</summary>
public sealed class ProgramMessagesTests
{
    private static readonly string Secret = PlantedSecrets.Create("quoted");

    [Theory]
    [InlineData("Error: no such file\n", "no such file")]
    [InlineData("error: unknown flag: --enable-helm\n", "unknown flag: --enable-helm")]
    [InlineData("E1126 05:55:01.026820   28040 run.go:72] \"command failed\" err=\"in \\\"a\\\": no such file\"\n", "in \"a\": no such file")]
    [InlineData("E1126 05:55:00.1   27966 run.go:72] \"command failed\" err=<\n\tone\n\t  two\n >\n", "one\n  two")]
    [InlineData("E1126 05:55:00.1   27966 run.go:72] \"command failed\" err=\"a \\x1b b\"\n", "a \\x1b b")]
    [InlineData("# Warning: 'vars' is deprecated. Use others.\r\nError: bad\r\n", "bad")]
    [InlineData("", "")]
    public void Error_IsTheTextWithoutDecoration(string said, string expected) => Assert.Equal(expected, ProgramMessages.ErrorOf(said));

    [Theory]
    [InlineData("# Warning: 'vars' is deprecated. Please use 'replacements' instead.", "DeprecatedField", "'vars' is deprecated.", "Please use 'replacements' instead.")]
    [InlineData("2026/11/26 05:55:00 Warning: Sorting order is set twice.", "EngineWarning", "Sorting order is set twice.", null)]
    [InlineData("I1126 06:01:29.739038   13951 log.go:245] Warning: Sorting order is set twice.", "EngineWarning", "Sorting order is set twice.", null)]
    [InlineData("something else\n\n", "EngineWarning", "something else", null)]
    public void Warning_IsTheTextWithoutDecoration_Once(string said, string id, string message, string? remedy)
    {
        ProgramMessages.Warning warning = Assert.Single(ProgramMessages.WarningsOf($"{said}\n{said}"));

        Assert.Equal((id, message), (warning.Id, warning.Message));
        Assert.NotEmpty(warning.Remedy);
        Assert.Equal(remedy ?? warning.Remedy, warning.Remedy);
    }

    [Theory]
    [InlineData("Error: loading KV pairs: literal sources [a=b] S]: invalid literal source S, expected key=value", "loading KV pairs: literal sources [***]: invalid literal source ***, expected key=value")]
    [InlineData("Error: trouble configuring builtin PatchTransformer with config: `\npatch: |-\n  foo: S\n`: unable to parse SM or JSON patch from [patch: \"foo: S]\\nbad: [\"]", "trouble configuring builtin PatchTransformer with config: `***`: unable to parse SM or JSON patch from [***]")]
    [InlineData("Error: yaml: line 3: cannot unmarshal !!str `S` into map", "yaml: line 3: cannot unmarshal !!str `***` into map")]
    [InlineData("Error: 'https://S@host/a': Get \"https://u:S@host/a?token=S&ref=main\": lstat /a/https:/u:S@host/a?sig=S", "'https://***@host/a': Get \"https://***@host/a?token=***&ref=main\": lstat /a/https:/***@host/a?sig=***")]
    [InlineData("Error: ssh://git@host/a and ssh://git:S@host/a", "ssh://git@host/a and ssh://git:***@host/a")]
    public void Quotes_ThatMayBeSecret_AreMasked(string said, string expected)
    {
        string planted = said.Replace("S]", Secret + "]", StringComparison.Ordinal).Replace(": S", ": " + Secret, StringComparison.Ordinal)
            .Replace("`S`", $"`{Secret}`", StringComparison.Ordinal).Replace("S@", Secret + "@", StringComparison.Ordinal)
            .Replace("source S,", $"source {Secret},", StringComparison.Ordinal).Replace("=S", "=" + Secret, StringComparison.Ordinal);

        string message = ProgramMessages.ErrorOf(planted);

        SecretScan.Collect("message of a program", message);
        Assert.Contains(Secret, planted, StringComparison.Ordinal);
        Assert.Equal(expected, message);
    }

    [Theory]
    [InlineData("`")]
    [InlineData("unable to parse SM or JSON patch from [")]
    [InlineData("literal sources [")]
    [InlineData("invalid literal source ")]
    public void Quote_ThatHasNoEnd_IsMasked(string start) =>
        Assert.DoesNotContain("S", ProgramMessages.ErrorOf($"Error: {start}S {new string('S', 200_000)}")[start.Length..], StringComparison.Ordinal);

    [Fact]
    public void Error_ThatIsEndless_IsCutOff() => Assert.True(ProgramMessages.ErrorOf(new string('x', 100_000)).Length < 5000);
}
