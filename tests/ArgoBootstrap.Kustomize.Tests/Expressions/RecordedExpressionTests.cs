using System.Text.Json;
using ArgoBootstrap.Kustomize.Expressions;

namespace ArgoBootstrap.Kustomize.Tests.Expressions;

/// <summary>Holds our regular expressions against what Go's made of the same ones (record-expressions.go).</summary>
public sealed class RecordedExpressionTests
{
    private static string File => Path.Join(RepositoryFiles.Root, "tests", "ArgoBootstrap.Kustomize.Tests", "Expressions", "expressions.jsonl");

    public static TheoryData<string> Lines => [.. System.IO.File.ReadAllLines(File)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Fits_and_refuses_what_Go_does(string line)
    {
        using var row = JsonDocument.Parse(line);
        string expression = row.RootElement.GetProperty("p").GetString()!;
        if (row.RootElement.TryGetProperty("e", out _))
        {
            Assert.Throws<ExpressionException>(() => GoExpression.Compile(expression));
            return;
        }
        var compiled = GoExpression.Compile(expression);
        string[] texts = [.. row.RootElement.GetProperty("t").EnumerateArray().Select(text => text.GetString()!)];
        bool[] expected = [.. row.RootElement.GetProperty("m").EnumerateArray().Select(fits => fits.GetBoolean())];

        Assert.Equal(expected, texts.Select(compiled.IsMatch));

        // The second time, states are remembered.
        Assert.Equal(expected, texts.Select(compiled.IsMatch));
    }
}
