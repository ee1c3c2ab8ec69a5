using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

/// <summary>What is said about text that is not YAML: what was done wrong, not what the scanner stumbles over.</summary>
public sealed class TextMessageTests
{
    [Theory]
    [InlineData("resources:\n<<<<<<< HEAD\n- cm.yaml\n=======\n- dep.yaml\n>>>>>>> other\n", "2:1", "merge conflict")]
    [InlineData("<<<<<<< HEAD\nresources: [cm.yaml]\n=======\nresources: [dep.yaml]\n>>>>>>> other\n", "1:1", "merge conflict")]
    [InlineData("resources:\n-\u00A0cm.yaml\n", "2:2", "no-break space (U+00A0)")]
    [InlineData("resources:\n\u00A0\u00A0- cm.yaml\n", "2:1", "no-break space (U+00A0)")]
    [InlineData("resources:\n\u2013 cm.yaml\n", "2:1", "the dash \u2013 (U+2013)")]
    [InlineData("resources:\n\u200B- cm.yaml\n", "2:1", "invisible character (U+200B)")]
    [InlineData("resources: [cm.yaml]\nnamePrefix: \"a\u0001b\"\n", "2:15", "The value of 'namePrefix' holds the control character U+0001")]
    [InlineData("resources: [cm.yaml]\n{% if a %}\nnamePrefix: b\n{% endif %}\n", "2:2", "template ({% … %})")]
    [InlineData("resources:\n- a\u0001\n", "2:4", "The value of 'resources' holds")]
    public void Kustomization_file(string text, string place, string message)
    {
        Diagnostic error = MessageTree.Error(text);

        Assert.Equal(DiagnosticIds.InvalidYaml, error.Id);
        Assert.Equal($"o/kustomization.yaml:{place}", MessageTree.Place(error));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata:\n<<<<<<< HEAD\n  name: a\n=======\n  name: b\n>>>>>>> other\n", "2:1", "down to line 6")]
    [InlineData("metadata:\n  name: {{ .Release.Name }}\n", "2:10", "template")]
    [InlineData("data:\n  script: |\n    user: x\n    a\u001B[0m\n", "4:6", "The value of 'script' holds the control character U+001B")]
    [InlineData("data:\n  script: |\n    pass: word\u001B\n", "3:15", "The value of 'script' holds the control character U+001B")]
    public void Resource_file(string text, string place, string message)
    {
        Diagnostic error = MessageTree.Error("resources: [x.yaml]\n", ("o/x.yaml", text));

        Assert.Equal($"o/x.yaml:{place}", MessageTree.Place(error));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_beside_a_typographic_quote_in_text_is_not_laid_to_it() =>
        Assert.DoesNotContain("typographic", MessageTree.Error("resources: [x.yaml]\n", ("o/x.yaml", "a: it\u2019s \u201Cfine\u201D: here\n")).Message, StringComparison.Ordinal);
}
