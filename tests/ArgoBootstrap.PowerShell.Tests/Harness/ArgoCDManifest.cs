namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A manifest with what tells an Argo CD: its definitions and a workload.</summary>
internal static class ArgoCDManifest
{
    /// <summary>Its text.</summary>
    /// <param name="version">The version that its image names.</param>
    /// <param name="workload">The name of its workload.</param>
    public static string Create(string version = "v3.5.1", string workload = "argocd-server")
    {
        string definitions = string.Concat(new[] { ("applications", "Application"), ("applicationsets", "ApplicationSet"), ("appprojects", "AppProject") }.Select(t => $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: {{t.Item1}}.argoproj.io, labels: {example.com/version: {{version}} } }
            spec:
              group: argoproj.io
              scope: Namespaced
              names: {plural: {{t.Item1}}, singular: {{t.Item2.ToLowerInvariant()}}, kind: {{t.Item2}}, listKind: {{t.Item2}}List}
              versions: [{name: v1alpha1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true} } }]
            ---

            """));
        return definitions + $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{workload}}, labels: {app.kubernetes.io/part-of: argocd} }
            spec:
              selector: {matchLabels: {app: {{workload}} } }
              template:
                metadata: {labels: {app: {{workload}} } }
                spec: {containers: [{name: server, image: "quay.io/argoproj/argocd:{{version}}"}]}
            """;
    }
}
