using System.ComponentModel;
using System.Diagnostics;
using ArgoBootstrap.Kustomize.Tests.Conformance;

namespace ArgoBootstrap.Kustomize.Tests.Generation;

/// <summary>A folder with kustomizations and small charts, and helm.</summary>
internal sealed class HelmHarness : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HelmHarness()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("helm", ["version", "--short"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no helm in the PATH");
        }
        Chart("charts/mill", "0.1.0");
    }

    public string Root => _folder.Path;

    /// <summary>Writes a file.</summary>
    public HelmHarness Write(string path, string content)
    {
        string full = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    /// <summary>Writes a chart that prints what it is given.</summary>
    public void Chart(string folder, string version)
    {
        Write($"{folder}/Chart.yaml", $"apiVersion: v2\nname: {Path.GetFileName(folder)}\nversion: {version}\n");
        Write($"{folder}/values.yaml", "# Defaults.\ncolor: red\nsize: 1\nlist: [a, b]\nnested:\n  kept: yes\n  gone: 1\n  empty:\n  written: null\nscalar: text\n");
        Write($"{folder}/templates/map.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Release.Name }}-map
            data:
              namespace: {{ .Release.Namespace }}
              values: {{ .Values | toJson | quote }}
              kube: {{ .Capabilities.KubeVersion.Version }}
              hasApi: {{ .Capabilities.APIVersions.Has "acme.example.com/v1" | quote }}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: {{ .Release.Name }}
              namespace: {{ .Release.Namespace }}
            spec:
              ports:
              - port: 80
            """);
        Write($"{folder}/templates/tests/test.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n  annotations:\n    helm.sh/hook: test\n");
        Write($"{folder}/templates/hook.yaml", "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: hook\n  annotations:\n    helm.sh/hook: pre-install\n");
        Write($"{folder}/crds/crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.acme.example.com\n");
    }

    /// <summary>A builder that may run helm.</summary>
    public static KustomizeBuilder Builder(string command = "helm") => new(new KustomizeOptions { EnableHelm = true, HelmCommand = command });

    /// <summary>Builds a folder both ways and expects the same bytes, or a failure both times.</summary>
    public void CompareWithFailures(string folder = "", string command = "helm")
    {
        (int exitCode, string output, _) = Oracle.Build(Path.Join(Root, folder), "--enable-helm", "--helm-command", command);
        if (exitCode == 0)
        {
            Assert.Equal(output, Builder(command).Build(Path.Join(Root, folder)).ToYaml());
        }
        else
        {
            Assert.Throws<Diagnostics.KustomizeException>(() => Builder(command).Build(Path.Join(Root, folder)).ToYaml());
        }
    }

    /// <summary>Builds a folder both ways and expects the same bytes.</summary>
    public void Compare(string folder = "", string command = "helm")
    {
        (int exitCode, string output, string error) = Oracle.Build(Path.Join(Root, folder), "--enable-helm", "--helm-command", command);
        Assert.True(exitCode == 0, error);
        Assert.Equal(output, Builder(command).Build(Path.Join(Root, folder)).ToYaml());
    }

    public void Dispose() => _folder.Dispose();
}
