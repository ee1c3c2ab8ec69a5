using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Tests.Resources;

/// <summary>The hashes are those that kustomize 5.8.1 printed for the same objects.</summary>
public sealed class ContentHashTests
{
    [Theory]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: e}}", "6ct58987ht")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}", "hmg6f82fh6")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: n, labels: {a: b}}, immutable: true, data: {x: '1'}}", "hmg6f82fh6")]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {x: \"<é\\u2028>\"}}", "h8mbt9k246")]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: s}, type: Opaque, data: {x: MQ==}}", "bf2648c599")]
    public void TheHashIsThatOfKustomize(string yaml, string expected) => Assert.Equal(expected, ContentHash.Of(Objects.Read(yaml).Single()));

    [Fact]
    public void OnlyObjectsThatAskForItGetAHash()
    {
        Resource[] read = [.. Objects.Read("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1'}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}")];
        var map = new ResourceMap([Resource.InPlaceOf(read[0], read[0].Node, needsHash: true), read[1]]);

        new HashTransformer().Transform(map);

        Assert.Equal(["a-hmg6f82fh6", "b"], map.ToList().Select(r => r.Name));
        Assert.Equal("a", map[0].OriginalId.Name);
        Assert.True(map[1].PreviousIds.IsEmpty);
    }
}
