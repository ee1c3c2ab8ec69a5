using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;

namespace ArgoBootstrap.Kustomize.Tests.Schema;

public sealed class ClusterScopeTests
{
    [Theory]
    [InlineData("v1", "Namespace", true)]
    [InlineData("v1", "Node", true)]
    [InlineData("v1", "PersistentVolume", true)]
    [InlineData("v1", "Pod", false)]
    [InlineData("apps/v1", "Deployment", false)]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", true)]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", false)]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", true)]
    [InlineData("policy/v1beta1", "PodSecurityPolicy", true)]
    [InlineData("storage.k8s.io/v1beta1", "CSIStorageCapacity", false)]
    [InlineData("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", false)] // newer than the schema: unknown
    [InlineData("example.com/v1", "Namespace", false)]
    [InlineData("", "Namespace", false)]
    public void Only_known_cluster_types_are_cluster_scoped(string apiVersion, string kind, bool expected) =>
        Assert.Equal(expected, KubernetesSchema.Default.IsClusterScoped(GroupVersionKind.Parse(apiVersion, kind)));
}
