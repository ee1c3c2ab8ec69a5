using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>Stands in for helm: records how it was started, and leaves on the cluster what a chart of Argo CD would.</summary>
internal sealed class FakeHelm : IProcessRunner
{
    private readonly List<Start> _starts = [];

    /// <summary>Every start so far.</summary>
    public IReadOnlyList<Start> Starts
    {
        get
        {
            lock (_starts)
            {
                return [.. _starts];
            }
        }
    }

    /// <summary>Text with which it fails; empty to succeed.</summary>
    public string Failure { get; set; } = "";

    /// <summary>What it says its version is.</summary>
    public string Version { get; set; } = "v3.21.4+g813176c";

    /// <summary>What its chart renders to.</summary>
    public string Template { get; set; } = "";

    /// <summary>How often its own client tries again.</summary>
    public int MaxRetries { get; set; } = 10;

    public async Task<ProcessResult> RunAsync(ProcessRequest request, IProgress<string>? output = null, CancellationToken cancellationToken = default)
    {
        if (request.Arguments[0] is "version" or "template")
        {
            return new ProcessResult(0, request.Arguments[0] == "version" ? Version : Template, "");
        }
        var start = new Start(request, Encoding.UTF8.GetString(request.Input.Span));
        lock (_starts)
        {
            _starts.Add(start);
        }
        output?.Report("Release does not exist. Installing it now.");
        if (Failure.Length > 0)
        {
            return new ProcessResult(1, "", Failure);
        }
        if (request.Arguments[0] == "upgrade")
        {
            await InstallAsync(request, start, cancellationToken);
        }
        return new ProcessResult(0, "STATUS: deployed", "");
    }

    public static string After(ProcessRequest request, string option)
    {
        int at = request.Arguments.ToList().IndexOf(option);
        return at < 0 ? "" : request.Arguments[at + 1];
    }

    private async Task InstallAsync(ProcessRequest request, Start start, CancellationToken cancellationToken)
    {
        using TargetCluster cluster = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = After(request, "--kubeconfig"), RetryDelay = TimeSpan.FromMilliseconds(20), MaxRetries = MaxRetries }, cancellationToken);
        string ns = After(request, "--namespace");
        string release = request.Arguments[1];
        ApplyResult applied = await cluster.Applier.ApplyAsync([.. Definitions(), Workload(ns, release)], new ApplyOptions(), null, cancellationToken);
        if (applied.Succeeded)
        {
            // As helm does: the release is deployed once all of it is there.
            await cluster.Applier.ApplyAsync([Record(ns, release, After(request, "--version"), start.Values, "deployed")], new ApplyOptions(), null, cancellationToken);
        }
    }

    public static IEnumerable<ClusterObject> Definitions() => new[] { ("applications", "Application"), ("applicationsets", "ApplicationSet"), ("appprojects", "AppProject") }.Select(t => ClusterSession.Object($$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{t.Item1}}.argoproj.io"},
         "spec":{"group":"argoproj.io","scope":"Namespaced","names":{"plural":"{{t.Item1}}","singular":"{{t.Item2.ToLowerInvariant()}}","kind":"{{t.Item2}}","listKind":"{{t.Item2}}List"},
          "versions":[{"name":"v1alpha1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]} }
        """));

    public static ClusterObject Workload(string ns, string release) => ClusterSession.Object($$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"argocd-server","namespace":"{{ns}}",
          "labels":{"app.kubernetes.io/part-of":"argocd"},"annotations":{"meta.helm.sh/release-name":"{{release}}"} },
         "spec":{"selector":{"matchLabels":{"app":"argocd-server"} },"template":{"metadata":{"labels":{"app":"argocd-server"} },
          "spec":{"containers":[{"name":"server","image":"quay.io/argoproj/argocd:v3.5.1"}]} } } }
        """);

    public static ClusterObject Record(string ns, string release, string version, string values, string status, string manifest = "")
    {
        string content = $$"""{"name":"{{release}}","chart":{"metadata":{"version":"{{version}}"} },"config":{{values}},"manifest":{{JsonValue.Create(manifest).ToJsonString()}},"info":{"status":"{{status}}"} }""";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }
        string data = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
        return ClusterObject.FromJson(new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"sh.helm.release.v1.{release}.v1", ["namespace"] = ns,
                ["labels"] = new JsonObject { ["owner"] = "helm", ["name"] = release, ["status"] = status, ["version"] = "1" },
            },
            ["data"] = new JsonObject { ["release"] = data },
        });
    }

    internal sealed record Start(ProcessRequest Request, string Values);
}
