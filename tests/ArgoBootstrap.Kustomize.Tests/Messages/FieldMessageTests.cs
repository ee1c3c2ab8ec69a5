using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

/// <summary>What is said about fields of the wrong form: what to write in their place, with the values that are there.</summary>
public sealed class FieldMessageTests
{
    [Theory]
    [InlineData("patches: [p.yaml]", 2, 11, "Write `- path: p.yaml`.")]
    [InlineData("patches:\n- p.yaml", 3, 3, "Write `- path: p.yaml`.")]
    [InlineData("patches:\n- |-\n  kind: Deployment\n  metadata: {name: web}", 3, 3, "Write `- patch: |-`")]
    [InlineData("patches:\n  path: p.yaml", 2, 1, "`- path: …`")]
    [InlineData("patches: p.yaml", 2, 10, "`- path: p.yaml`")]
    [InlineData("patches:\n- target: {kind: Deployment}\n  patch:\n  - op: remove\n    path: /a", 4, 3, "Write `patch: |-`")]
    [InlineData("patches:\n- patch:\n    kind: Deployment", 3, 3, "Write `patch: |-`")]
    [InlineData("patches:\n- kind: Deployment\n  metadata: {name: web}", 3, 3, "Write `- patch: |-` in front")]
    [InlineData("patches:\n- op: remove\n  path: /a", 3, 3, "with its object under 'target'")]
    [InlineData("patchesStrategicMerge:\n- path: p.yaml", 3, 3, "Write `- p.yaml`")]
    [InlineData("replacements: [r.yaml]", 2, 16, "Write `- path: r.yaml`.")]
    [InlineData("components: ../c", 2, 13, "Write `components: [../c]`")]
    [InlineData("components:\n- path: ../c", 3, 3, "Write `- ../c`.")]
    [InlineData("components:\n  -../c\n  -../d", 3, 3, "Write a space after each dash: `- ../c`.")]
    [InlineData("images: [nginx]", 2, 10, "Write `- name: nginx`")]
    [InlineData("images: ['nginx:1.25']", 2, 10, "Write `- {name: nginx, newTag: \"1.25\"}`.")]
    [InlineData("images: ['r.io:5000/nginx@sha256:ab']", 2, 10, "Write `- {name: r.io:5000/nginx, digest: \"sha256:ab\"}`.")]
    [InlineData("images: {nginx: '1.25'}", 2, 9, "`- {name: nginx, newTag: \"1.25\"}`")]
    [InlineData("images: [{name: nginx, tag: x}]", 2, 24, "Did you mean 'newTag'?")]
    [InlineData("configMapGenerator: [x]", 2, 22, "Write `- name: x`")]
    [InlineData("configMapGenerator: {name: x}", 2, 21, "`- name: …`")]
    [InlineData("configMapGenerator: [{name: x, files: a.ini}]", 2, 39, "Write `files: [a.ini]`")]
    [InlineData("configMapGenerator: [{name: x, data: {a: b}}]", 2, 32, "Did you mean 'literals'?")]
    [InlineData("labels: {a: b}", 2, 9, "`- pairs: {a: b}`")]
    [InlineData("labels:\n- a: b", 3, 3, "`- pairs: {a: b}`")]
    [InlineData("labels: [a=b]", 2, 10, "`- pairs: {a: \"b\"}`")]
    [InlineData("commonAnnotations:\n- a: b", 2, 1, "Remove the dashes: `a: …`.")]
    [InlineData("replicas: {web: 3}", 2, 11, "`- {name: web, count: 3}`")]
    [InlineData("replicas: [{name: web, count: '3'}]", 2, 31, "Remove the quotes: 3.")]
    [InlineData("namespace: [a]", 2, 12, "Write `namespace: a`.")]
    [InlineData("generatorOptions: {disableNameSuffixHash: 'true'}", 2, 43, "Remove the quotes: true.")]
    [InlineData("vars: [{name: N}]", 2, 15, "Put it in quotes: \"N\".")]
    [InlineData("vars: [{name: 5}]", 2, 15, "Put it in quotes: \"5\".")]
    [InlineData("\u00A0namePrefix: x", 2, 1, "Write 'namePrefix'.")]
    public void Field_of_the_wrong_form(string field, int line, int column, string remedy)
    {
        Diagnostic error = MessageTree.Error($"resources: [dep.yaml]\n{field}\n");

        Assert.Contains(error.Id, new[] { DiagnosticIds.WrongType, DiagnosticIds.UnknownField });
        Assert.Equal($"o/kustomization.yaml:{line}:{column}", MessageTree.Place(error));
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Boolean_of_yaml_1_1_is_called_one() =>
        Assert.Contains("the boolean N", MessageTree.Error("resources: [dep.yaml]\nvars: [{name: N}]\n").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("secretGenerator: [{name: x, literals: {password: hunter2}}]")]
    [InlineData("secretGenerator: [{name: x, literals: [{password: hunter2}]}]")]
    [InlineData("secretGenerator: [{name: x, literals: password=hunter2}]")]
    [InlineData("secretGenerator: [{name: x, literals: [hunter2]}]")]
    public void Literal_of_the_wrong_form_is_not_repeated(string field) =>
        Assert.DoesNotContain("hunter2", MessageTree.Error(field + "\n").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("resources: [cm.yaml]\ncommonAnnotations: {\"5\": x}\n", "2:21", "'5'")]
    [InlineData("resources: [cm.yaml]\ncommonLabels: {\"5\": x}\n", "2:16", "'5'")]
    [InlineData("configMapGenerator: [{name: g, literals: [a=b]}]\ngeneratorOptions: {annotations: {n: \"1\"}}\n", "2:34", "'false'")]
    [InlineData("configMapGenerator: [{name: g, literals: [a=b], options: {labels: {\"7\": \"1\"}}}]\n", "1:68", "'7'")]
    [InlineData("configMapGenerator: [{name: g, literals: [\"8=b\"]}]\n", "1:43", "'8'")]
    public void Key_that_kustomize_writes_without_quotes(string kustomization, string place, string key)
    {
        Diagnostic error = MessageTree.Error(kustomization);

        Assert.Equal(DiagnosticIds.InvalidKey, error.Id);
        Assert.Equal($"o/kustomization.yaml:{place}", MessageTree.Place(error));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Put the key in quotes", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ./apps}\n", "Kustomization of Flux", "'./apps'")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {}\n", "kind Application", "another name than kustomization.yaml")]
    [InlineData("- cm.yaml\n", "is a list", "Write `resources:` in the line above it.")]
    [InlineData("cm.yaml\n", "is 'cm.yaml'", "Write `resources: [cm.yaml]`")]
    [InlineData("resources:\u00A0[cm.yaml]\n", "no-break space", "Replace it with an ordinary space.")]
    public void What_is_no_kustomization_is_one_error(string text, string message, string remedy)
    {
        Diagnostic error = MessageTree.Error(text);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Typographic_quotes_and_blanks_are_warned_of()
    {
        IReadOnlyList<Diagnostic> warnings = MessageTree.Warnings("resources: [cm.yaml]\nnamePrefix: \u201Cx-\u201D\nnameSuffix: -y\u00A0\ncommonAnnotations:\n  note: he said \u201Cyes\u201D, \u201Cno\u201D and no\u2011one minded\n");

        Assert.Equal(["o/kustomization.yaml:2:13", "o/kustomization.yaml:3:13"], warnings.Select(MessageTree.Place));
    }
}
