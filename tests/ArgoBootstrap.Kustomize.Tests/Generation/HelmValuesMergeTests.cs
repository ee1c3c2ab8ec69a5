using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Generation;

/// <summary>Values files with aliases, merge keys and keys given twice, merged with values given in place, against the real kustomize with the same helm.</summary>
public sealed class HelmValuesMergeTests
{
    public static TheoryData<string, string> Values => new()
    {
        { "b: &b {x: 1}\na: *b", "{a: {x: 5}}" },
        { "b: &b {x: 1}\na: *b", "{a: null}" },
        { "b: &b {x: 1}\na: *b", "{b: {x: 7}}" },
        { "b: &b {x: 1}\nl: [*b]", "{b: {x: 7}}" },
        { "b: &b {x: 1}\nn: {<<: *b, k: 1}", "{n: {z: 1}}" },
        { "b: &b {x: 1}\nn: {<<: *b, k: 1}", "{p: {z: 1}}" },
        { "n: {<<: {w: 1}, k: 1}", "{n: {z: 1}}" },
        { "n: {<<: {w: 1}, k: 1}", "{p: {z: 1}}" },
        { "b: &b {x: 1}\nn: {<<: [*b], x: 9}", "{p: 1}" },
        { "b: &b {x: 1}\nn: {<<: [*b, {w: 2}], k: 9}", "{n: {x: 3}}" },
        { "b: &b {x: 1}\nn: {\"<<\": *b, x: 9}", "{p: 1}" },
        { "k: 1\nk: 2", "{k: 3}" },
        { "k: 1\nk: 2", "{p: 3}" },
        { "n: {k: 1, k: 2}", "{p: 1}" },
        { "n: {k: 1, k: 2}", "{n: {z: 1}}" },
        { "n: {m: {k: 1, k: 2}}", "{n: {m: {z: 1}}}" },
        { "l: [{k: 1, k: 2}]", "{p: 3}" },
        { "k: {a: 1}\nk: {b: 2}", "{k: {c: 3}}" },
        { "b: &b {x: 1}\n<<: *b\nw: 1", "{p: 1}" },
        { "b: &b {x: 1}\n<<: {w: 2}\nv: 1", "{p: 1}" },
        { "b: &b {x: 1}\nc: &c {d: *b, e: 1}\nl: [*c]", "{p: 1}" },
        { "b: &b {x: 1}\nc: &c {d: *b, e: 1}\nl: [*c]", "{c: {z: 1}}" },
        { "b: &b {x: 1}\nc: {d: &d {e: *b, f: 1}}\nl: [*d]", "{p: 1}" },
        { "b: &b {x: 1}\nc: {d: *b}", "{p: 1}" },
        { "b: &b {x: 1, x: 2}\nl: [*b]", "{b: {z: 1}}" },
        { "n: null\nm: ~\no: {p: null}", "{m: {z: 1}}" },
        { "a: &a [1]\nb: *a", "{b: [2]}" },
        { "a: &a text\nb: *a\nc: [*a, {d: *a}]", "{p: 2}" },
        { "a: &a [1]\nb: {c: *a}\nd: [[*a]]", "{b: {e: 1}}" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_merged_as_kustomize_does(string file, string inline)
    {
        foreach (string merge in (string[])["override", "merge", "replace"])
        {
            using HelmHarness helm = new HelmHarness()
                .Write("own.yaml", file + "\n")
                .Write("charts/mill/values.yaml", "")
                .Write("kustomization.yaml", $"helmCharts:\n- name: mill\n  releaseName: dev\n  valuesFile: own.yaml\n  valuesMerge: {merge}\n  valuesInline: {inline}\n");
            helm.CompareWithFailures();
        }
    }

    [Fact]
    public void What_is_dropped_is_warned_of_with_its_lines()
    {
        using HelmHarness helm = new HelmHarness()
            .Write("own.yaml", "base: &base {x: 1}\na:\n  <<: *base\nlist: [*base]\nb: *base\n")
            .Write("kustomization.yaml", "helmCharts:\n- name: mill\n  releaseName: dev\n  valuesFile: own.yaml\n  valuesInline: {p: 1}\n");

        Diagnostic warning = Assert.Single(HelmHarness.Builder().Build(helm.Root).Warnings);

        Assert.Equal((DiagnosticIds.HelmValuesDropped, 3), (warning.Id, warning.Position.Line));
        Assert.Contains("lines 3, 5 of the values of the chart 'mill'", warning.Message, StringComparison.Ordinal);
    }
}
