using System.Globalization;
using System.Text;

namespace ArgoBootstrap.Benchmarks.Scenarios;

/// <summary>The scenarios of the comparison.</summary>
public static class ScenarioCatalog
{
    private const int Clusters = 200;
    private const int SmallOverlays = 1000;

    /// <summary>Names of all scenarios.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fleet-ha", "fleet-small", "growth-500", "growth-1000", "growth-2000", "growth-4000", "growth-8000"];

    /// <summary>Writes a scenario's tree.</summary>
    /// <returns>Null when something that it needs is not there.</returns>
    public static Scenario? Create(string name, ScenarioFolder folder, ComparisonOptions options) => name switch
    {
        "fleet-ha" => HighAvailability(folder, options.ArgoCDManifests),
        "fleet-small" => Small(folder),
        _ when name.StartsWith("growth-", StringComparison.Ordinal) => Growth(folder, int.Parse(name["growth-".Length..], CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"There is no scenario '{name}'; there are {string.Join(", ", Names)}."),
    };

    /// <summary>Clusters over Argo CD's full HA installation: namespace, labels, an image and two patches each.</summary>
    private static Scenario? HighAvailability(ScenarioFolder folder, string manifests)
    {
        string source = Path.Join(manifests, "v3.5.1");
        if (manifests.Length == 0 || !Directory.Exists(source))
        {
            return null;
        }
        folder.Copy(source, "argo-cd");
        return new Scenario("fleet-ha", [.. Enumerable.Range(1, Clusters).Select(i => folder.Write($"clusters/c{i}/kustomization.yaml", $$"""
            resources:
            - ../../argo-cd/ha/cluster-install
            namespace: argocd-{{i}}
            labels:
            - pairs:
                cluster: c{{i}}
            images:
            - name: quay.io/argoproj/argocd
              newTag: v3.5.{{i}}
            patches:
            - target:
                kind: Deployment
                name: argocd-server
              patch: |
                - op: replace
                  path: /spec/replicas
                  value: {{i}}
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                data:
                  url: https://argocd.c{{i}}.example.com
            """))]);
    }

    /// <summary>Small overlays over a shared base, with a generator, a component and replacements, as a fleet of clusters has them.</summary>
    private static Scenario Small(ScenarioFolder folder)
    {
        folder.Write("base/kustomization.yaml", "resources: [app.yaml]\n");
        folder.Write("base/app.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: argocd
              namespace: argocd
            spec:
              project: default
              destination:
                server: https://kubernetes.default.svc
              source:
                repoURL: https://git.example.com/platform/gitops.git
                path: apps/overlays/prod/CLUSTER/argocd
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: argocd-cm
              namespace: argocd
            data:
              url: https://HOST
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: argocd-server
              namespace: argocd
            spec:
              rules:
              - host: HOST
                http:
                  paths:
                  - backend:
                      service:
                        name: argocd-server
                        port:
                          name: https
                    path: /
                    pathType: Prefix
            """);
        folder.Write("environment/kustomization.yaml", "resources: [../base]\nlabels:\n- pairs: {environment: prod}\n");
        folder.Write("component/kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            replacements:
            - source: {kind: ConfigMap, name: cluster-config, fieldPath: data.CLUSTER_NAME}
              targets:
              - select: {kind: Application, name: argocd}
                fieldPaths: [spec.source.path]
                options: {delimiter: /, index: 3}
            - source: {kind: ConfigMap, name: cluster-config, fieldPath: data.INGRESS_HOST}
              targets:
              - select: {kind: ConfigMap, name: argocd-cm}
                fieldPaths: [data.url]
                options: {delimiter: /, index: 2}
              - select: {kind: Ingress}
                fieldPaths: [spec.rules.0.host]
            """);
        return new Scenario("fleet-small", [.. Enumerable.Range(1, SmallOverlays).Select(i => folder.Write($"clusters/c{i}/kustomization.yaml", $"""
            resources: [../../environment]
            components: [../../component]
            configMapGenerator:
            - name: cluster-config
              literals:
              - CLUSTER_NAME=c{i}
              - INGRESS_HOST=argocd.c{i}.example.com
            """))]);
    }

    /// <summary>One root with many Deployments that refer to ten generated ConfigMaps, a namespace, labels, a prefix and five patches.</summary>
    private static Scenario Growth(ScenarioFolder folder, int deployments)
    {
        var objects = new StringBuilder();
        for (int i = 0; i < deployments; i++)
        {
            objects.Append(CultureInfo.InvariantCulture, $$"""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web-{{i}}
                spec:
                  selector:
                    matchLabels:
                      app: web-{{i}}
                  template:
                    metadata:
                      labels:
                        app: web-{{i}}
                    spec:
                      containers:
                      - name: web
                        image: registry.example.com/web:1.0.{{i % 10}}
                        envFrom:
                        - configMapRef:
                            name: settings-{{i % 10}}
                        ports:
                        - containerPort: 8080
                ---

                """);
        }
        string root = $"growth-{deployments}";
        folder.Write($"{root}/deployments.yaml", objects.ToString());
        var kustomization = new StringBuilder("resources: [deployments.yaml]\nnamespace: shop\nnamePrefix: acme-\nlabels:\n- pairs: {team: web}\n  includeSelectors: true\nconfigMapGenerator:\n");
        for (int i = 0; i < 10; i++)
        {
            kustomization.Append(CultureInfo.InvariantCulture, $"- name: settings-{i}\n  literals: [LEVEL=info, SHARD={i}]\n");
        }
        kustomization.Append("patches:\n");
        for (int i = 0; i < 5; i++)
        {
            kustomization.Append(CultureInfo.InvariantCulture, $$"""
                - patch: |
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web-{{i}}
                    spec:
                      replicas: {{i + 2}}

                """);
        }
        return new Scenario(root, [folder.Write($"{root}/kustomization.yaml", kustomization.ToString())], deployments);
    }
}
