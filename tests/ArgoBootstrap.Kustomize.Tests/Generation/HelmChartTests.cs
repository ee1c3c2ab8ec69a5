using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Tests.Conformance;
using ArgoBootstrap.Kustomize.Tests.Loading.Remote;

namespace ArgoBootstrap.Kustomize.Tests.Generation;

/// <summary>Charts, against the real kustomize with the same helm.</summary>
public sealed class HelmChartTests
{
    private const string Inline = """

          valuesInline:
            color: blue
            size: 12345678
            big: 9007199254740993
            ratio: 1.50
            tiny: 1e-7
            large: 1e21
            flag: yes
            octal: 0777
            date: 2020-01-02
            text: "12"
            list: [c]
            nested:
              gone: null
              added:
                deep: null
                value: 1
        """;

    public static TheoryData<string> Charts =>
    [
        "{name: mill, releaseName: dev}",
        "{name: mill, releaseName: dev, version: 9.9.9}",
        "{name: mill, releaseName: dev, namespace: own}",
        "{name: mill, releaseName: dev, includeCRDs: true, skipHooks: true}",
        "{name: mill, releaseName: dev, skipTests: true, debug: true, devel: true}",
        "{name: mill, releaseName: dev, kubeVersion: 1.29.3, apiVersions: [acme.example.com/v1, acme.example.com/v2]}",
        "{name: mill, nameTemplate: made}",
        "{name: mill, releaseName: dev, valuesFile: own.yaml}",
        "{name: mill, releaseName: dev, valuesFile: own.yaml, additionalValuesFiles: [more.yaml, dir/most.yaml]}",
        "{name: mill, releaseName: dev, valuesInline: {}, valuesMerge: replace}",
        "{name: mill, releaseName: dev, valuesInline: {nested: {$patch: replace, only: 1}}}",
        "{name: mill, releaseName: dev, valuesInline: {nested: {$patch: delete}}}",
        "{name: mill, releaseName: dev, valuesInline: {nested: {$patch: merge, kept: 2}}}",
        "{name: mill, releaseName: dev, valuesInline: {nested: null, scalar: null, list: null}}",
        "{name: mill, releaseName: dev, valuesFile: empty-map.yaml, valuesInline: {a: 1}}",
        "\n  name: mill\n  releaseName: dev" + Inline,
        "\n  name: mill\n  releaseName: dev\n  valuesMerge: override" + Inline,
        "\n  name: mill\n  releaseName: dev\n  valuesMerge: merge" + Inline,
        "\n  name: mill\n  releaseName: dev\n  valuesMerge: replace" + Inline,
        "\n  name: mill\n  releaseName: dev\n  valuesMerge: merge\n  valuesFile: own.yaml\n  additionalValuesFiles: [more.yaml]" + Inline,
    ];

    [Theory]
    [MemberData(nameof(Charts))]
    public void A_chart_renders_to_what_kustomize_prints(string chart)
    {
        using HelmHarness helm = new HelmHarness()
            .Write("own.yaml", "color: green\nnumbers: [1.0, 1e3, 0o17, 0x1F, 1_000]\nswitch: on\nday: 2021-03-04\n")
            .Write("empty-map.yaml", "{}\n")
            .Write("more.yaml", "size: 2\n")
            .Write("dir/most.yaml", "size: 3\n")
            .Write("kustomization.yaml", $"helmCharts:\n- {chart.TrimStart('\n').TrimStart()}\n");
        helm.Compare();
    }

    [Fact]
    public void Namespaces_go_to_helm_and_are_not_set_again()
    {
        using HelmHarness helm = new HelmHarness()
            .Write("kustomization.yaml", "namespace: outer\nnamePrefix: p-\nresources: [middle, map.yaml]\n")
            .Write("map.yaml", Manifests.ConfigMap("plain"))
            .Write("middle/kustomization.yaml", "commonAnnotations: {a: b}\nresources: [inner, named]\n")
            .Write("middle/inner/kustomization.yaml", "helmCharts: [{name: mill, releaseName: inner, skipHooks: true}]\nhelmGlobals: {chartHome: charts}\n")
            .Write("middle/named/kustomization.yaml", "namespace: named\nhelmCharts: [{name: mill, releaseName: named, skipHooks: true}, {name: mill, releaseName: other, namespace: other, skipHooks: true}]\n");
        helm.Chart("middle/inner/charts/mill", "0.1.0");
        helm.Chart("middle/named/charts/mill", "0.1.0");
        helm.Compare();
        helm.Compare("middle");
    }

    [Fact]
    public void What_is_rendered_can_be_changed_like_everything_else()
    {
        using HelmHarness helm = new HelmHarness().Write("kustomization.yaml", """
            buildMetadata: [originAnnotations, transformerAnnotations]
            namespace: moved
            helmCharts: [{name: mill, releaseName: dev}]
            configMapGenerator:
            - {name: own, literals: [a=b]}
            labels: [{pairs: {team: blue}}]
            patches:
            - target: {kind: Service}
              patch: '[{"op": "replace", "path": "/spec/ports/0/port", "value": 81}]'
            replicas: []
            """);
        helm.Compare();
    }

    [Fact]
    public void A_chart_can_be_configured_as_a_generator()
    {
        using HelmHarness helm = new HelmHarness()
            .Write("kustomization.yaml", "namespace: outer\ngenerators: [chart.yaml]\n")
            .Write("chart.yaml", "apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata:\n  name: any\nname: mill\nreleaseName: dev\nnamespace: own\nchartHome: charts\nvaluesInline: {color: pink}\n");
        helm.Compare();
    }

    [Fact]
    public void The_older_field_works_as_well()
    {
        using HelmHarness helm = new HelmHarness()
            .Write("own.yaml", "color: green\n")
            .Write("kustomization.yaml", "helmChartInflationGenerator:\n- {chartName: mill, chartHome: ./charts, values: own.yaml, valuesLocal: {size: 5}, releaseName: dev}\n");
        helm.Compare();
    }

    [Fact]
    public void A_chart_that_is_not_there_is_pulled_once_and_kept_with_its_version()
    {
        using HelmHarness helm = new HelmHarness();
        helm.Chart("source/spin", "1.2.3");
        byte[] package = Package(helm);
        using var server = new TestServer((c, _) =>
        {
            if (c.Request.RawUrl == "/index.yaml")
            {
                TestServer.Send(c, $"apiVersion: v1\nentries:\n  spin:\n  - apiVersion: v2\n    name: spin\n    version: 1.2.3\n    urls: [spin-1.2.3.tgz]\n");
                return;
            }
            TestServer.Send(c, package);
        });
        string text = $"helmCharts: [{{name: spin, repo: \"{server.Url}\", version: 1.2.3, releaseName: dev}}]\n";
        helm.Write("ours/kustomization.yaml", text).Write("theirs/kustomization.yaml", text);
        string ours = HelmHarness.Builder().Build(Path.Join(helm.Root, "ours")).ToYaml();
        Assert.Equal(["spin"], Directory.GetFileSystemEntries(Path.Join(helm.Root, "ours", "charts", "spin-1.2.3")).Select(Path.GetFileName));
        Assert.Equal(1, server.Requests["/spin-1.2.3.tgz"]);
        Assert.Equal(ours, HelmHarness.Builder().Build(Path.Join(helm.Root, "ours")).ToYaml());
        Assert.Equal(1, server.Requests["/spin-1.2.3.tgz"]);
        (int exitCode, string output, string error) = Oracle.Build(Path.Join(helm.Root, "theirs"), "--enable-helm");
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, ours);
    }

    [Fact]
    public void The_chart_of_Argo_CD_renders_to_what_kustomize_prints()
    {
        string? chart = Environment.GetEnvironmentVariable("ARGOCD_CHART");
        Assert.SkipWhen(!Directory.Exists(chart), "there is no chart of Argo CD: name its folder in $ARGOCD_CHART");
        using HelmHarness helm = new HelmHarness();
        Directory.CreateSymbolicLink(Path.Join(helm.Root, "charts", "argo-cd"), chart!);
        helm.Write("values.yaml", "crds: {install: true}\n").Write("kustomization.yaml", """
            namespace: argocd
            helmCharts:
            - name: argo-cd
              releaseName: argocd
              includeCRDs: true
              valuesFile: values.yaml
              valuesInline: {redis-ha: {enabled: true}, controller: {replicas: 2}}
              valuesMerge: merge
            """);
        // Secrets that the chart makes up differ from run to run.
        (int exitCode, string output, string error) = Oracle.Build(helm.Root, "--enable-helm");
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, HelmHarness.Builder().Build(helm.Root).ToYaml());
    }

    [Theory]
    [InlineData("{name: mill, releaseName: dev}", false, DiagnosticIds.HelmFailed, "only with EnableHelm")]
    [InlineData("{releaseName: dev}", true, DiagnosticIds.MissingField, "no 'name'")]
    [InlineData("{name: mil}", true, DiagnosticIds.FileNotFound, "no chart 'mil'")]
    [InlineData("{name: mill, valuesMerge: mrege}", true, DiagnosticIds.InvalidValue, "'mrege' is not a way to merge values")]
    [InlineData("{name: mill, valuesFile: missing.yaml}", true, DiagnosticIds.FileNotFound, "'missing.yaml'")]
    [InlineData("{name: mill, valuesFile: ../outside.yaml}", true, DiagnosticIds.FileNotFound, "outside.yaml")]
    [InlineData("{name: mill, additionalValuesFiles: [missing.yaml]}", true, DiagnosticIds.FileNotFound, "'missing.yaml'")]
    [InlineData("{name: mill, releaseName: dev, valuesInline: {nested: text}}", true, DiagnosticIds.WrongType, "cannot be merged")]
    [InlineData("{name: mill, releaseName: Not_Valid}", true, DiagnosticIds.HelmFailed, "'helm template' failed for the chart 'mill'")]
    [InlineData("{name: mill, releaseName: --post-renderer=touch}", true, DiagnosticIds.InvalidValue, "would be an option")]
    [InlineData("{name: gone, repo: \"http://127.0.0.1:9\", version: 1.0.0}", true, DiagnosticIds.HelmFailed, "'helm pull' failed")]
    public void What_cannot_be_rendered_is_told_with_its_place(string chart, bool isEnabled, string id, string message)
    {
        using HelmHarness helm = new HelmHarness().Write("kustomization.yaml", $"helmCharts:\n- {chart}\n");
        var builder = new KustomizeBuilder(new KustomizeOptions { EnableHelm = isEnabled });
        Diagnostic problem = Assert.Single(Assert.Throws<KustomizeException>(() => builder.Build(helm.Root)).Diagnostics);
        Assert.Equal(id, problem.Id);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.Position.Line);
        Assert.NotEqual(0, Oracle.Build(helm.Root, isEnabled ? ["--enable-helm"] : []).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("null\n")]
    [InlineData("[1]\n")]
    [InlineData("---\na: 1\n---\nb: 2\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("base: &b {x: 1, n: 2}\nmerged:\n  <<: *b\n  n: 3\n")]
    public void Odd_values_files_come_to_the_same(string values)
    {
        using HelmHarness helm = new HelmHarness().Write("charts/mill/values.yaml", values);
        foreach (string inline in (string[])["{}", "{c: 1, merged: {q: 1}}"])
        {
            helm.Write("kustomization.yaml", $"helmCharts: [{{name: mill, releaseName: dev, valuesInline: {inline}}}]\n");
            helm.CompareWithFailures();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Pulled: chart\nDigest: x\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n")]
    [InlineData("a message\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\nlist:\n- null\n- a\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  annotations:\n    config.kubernetes.io/local-config: 'true'\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMapList\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: m}\n")]
    public void Odd_things_that_helm_prints_come_to_the_same(string output)
    {
        if (OperatingSystem.IsWindows())
        {
            // The stand-in for helm is a script.
            return;
        }
        using HelmHarness helm = new HelmHarness()
            .Write("output", output)
            .Write("kustomization.yaml", "namespace: moved\nhelmCharts: [{name: mill, releaseName: dev}]\n");
        helm.Write("helm", $"#!/bin/sh\ncase \"$1\" in version) echo v3.1.0;; *) cat '{helm.Root}/output';; esac\n");
        File.SetUnixFileMode(Path.Join(helm.Root, "helm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        helm.CompareWithFailures("", Path.Join(helm.Root, "helm"));
    }

    [Fact]
    public void A_helm_that_is_not_there_or_too_old_is_told()
    {
        using HelmHarness helm = new HelmHarness().Write("kustomization.yaml", "helmCharts: [{name: mill, releaseName: dev}]\n");
        Assert.Contains("no program 'helm-that-is-not-there'", Problem("helm-that-is-not-there"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
        {
            // The stand-in for an old helm is a script.
            return;
        }
        helm.Write("old-helm", "#!/bin/sh\necho v2.17.0\n");
        string old = Path.Join(helm.Root, "old-helm");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Contains("is helm 2.17.0", Problem(old), StringComparison.Ordinal);

        string Problem(string command) => Assert.Throws<KustomizeException>(() => HelmHarness.Builder(command).Build(helm.Root)).Message;
    }

    private static byte[] Package(HelmHarness helm)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("helm", ["package", Path.Join(helm.Root, "source", "spin"), "--destination", helm.Root]) { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return File.ReadAllBytes(Path.Join(helm.Root, "spin-1.2.3.tgz"));
    }
}
