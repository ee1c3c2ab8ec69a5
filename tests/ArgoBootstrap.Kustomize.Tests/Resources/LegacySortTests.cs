using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Tests.Resources;

public sealed class LegacySortTests
{
    [Fact]
    public void KindsComeInTheirRankOthersBetween()
    {
        Assert.Equal(
            ["Namespace/n", "ServiceAccount/s", "ConfigMap/c", "Deployment/d", "PodDisruptionBudget/p", "Pod/x", "ValidatingWebhookConfiguration/w"],
            Sorted("ValidatingWebhookConfiguration/w", "Pod/x", "PodDisruptionBudget/p", "Deployment/d", "ConfigMap/c", "Namespace/n", "ServiceAccount/s"));
    }

    [Fact]
    public void NamesAreComparedByteByByteAfterTheNamespace()
    {
        Assert.Equal(["ConfigMap/a10", "ConfigMap/a9", "ConfigMap/b"], Sorted("ConfigMap/b", "ConfigMap/a9", "ConfigMap/a10"));
        Assert.Equal(["ConfigMap/B", "ConfigMap/a"], Sorted("ConfigMap/a", "ConfigMap/B"));
    }

    [Fact]
    public void NoNamespaceComesAfterNamedOnes()
    {
        ResourceMap map = Objects.Map("""
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: z, namespace: z}}
            """);

        LegacySort.Sort(map);

        Assert.Equal(["z", "a"], map.ToList().Select(r => r.Name));
    }

    [Fact]
    public void TheCoreGroupComesAfterNamedOnesExceptForNamespaces()
    {
        ResourceMap map = Objects.Map("""
            {apiVersion: v1, kind: Thing, metadata: {name: core}}
            ---
            {apiVersion: z.io/v1, kind: Thing, metadata: {name: z}}
            ---
            {apiVersion: a.io/v1, kind: Namespace, metadata: {name: custom}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: real}}
            """);

        LegacySort.Sort(map);

        Assert.Equal(["real", "custom", "z", "core"], map.ToList().Select(r => r.Name));
    }

    [Fact]
    public void AnOrderOfOnesOwnReplacesTheBuiltInOne()
    {
        ResourceMap map = Objects.Map(string.Join("\n---\n", new[] { "Namespace", "Pod", "Service" }.Select(k => $"{{apiVersion: v1, kind: {k}, metadata: {{name: x}}}}")));

        LegacySort.Sort(map, new LegacyKindOrder(["Service"], ["Namespace"]));

        Assert.Equal(["Service", "Pod", "Namespace"], map.ToList().Select(r => r.Kind));
    }

    private static IEnumerable<string> Sorted(params string[] objects)
    {
        ResourceMap map = Objects.Map(string.Join("\n---\n", objects.Select(o => $"{{apiVersion: v1, kind: {o.Split('/')[0]}, metadata: {{name: {o.Split('/')[1]}}}}}")));
        LegacySort.Sort(map);
        return [.. map.ToList().Select(r => $"{r.Kind}/{r.Name}")];
    }
}
