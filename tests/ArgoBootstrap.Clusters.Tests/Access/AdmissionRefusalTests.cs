using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>The messages are what kube-apiserver 1.36 answers.</summary>
public sealed class AdmissionRefusalTests
{
    [Theory]
    [InlineData(403, "configmaps \\\"c\\\" is forbidden: exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=2, limited: count/configmaps=1", "ResourceQuota")]
    [InlineData(403, "deployments.apps \\\"d\\\" is forbidden: unable to create new content in namespace work because it is being terminated", "Wait until the namespace is gone")]
    [InlineData(403, "pods \\\"p\\\" is forbidden: violates PodSecurity \\\"restricted:latest\\\": privileged", "pod-security.kubernetes.io/enforce")]
    [InlineData(403, "pods \\\"p\\\" is forbidden: maximum cpu usage per Container is 1, but limit is 2", "More permissions do not help")]
    [InlineData(403, "admission webhook \\\"w.example.com\\\" denied the request: no", "policy that is named")]
    [InlineData(422, "deployments.apps \\\"d\\\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: too many replicas", "policy that is named")]
    public async Task What_admission_refuses_is_not_called_a_missing_permission(int status, string message, string remedy)
    {
        OperationException error = await AskAsync(status, message);

        Assert.Equal(ClusterErrorIds.AdmissionDenied, error.Id);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("may not do this", error.Message, StringComparison.Ordinal);
        Assert.Contains(message.Replace("\\", "", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configmaps \\\"c\\\" is forbidden: User \\\"bob\\\" cannot get resource \\\"configmaps\\\" in API group \\\"\\\" in the namespace \\\"work\\\"")]
    [InlineData("clusterroles.rbac.authorization.k8s.io \\\"x\\\" is forbidden: user \\\"bob\\\" (groups=[\\\"dev\\\"]) is attempting to grant RBAC permissions not currently held: quota")]
    [InlineData("roles \\\"x\\\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on")]
    [InlineData("access denied by the gateway")]
    public async Task A_missing_permission_stays_one(string message)
    {
        OperationException error = await AskAsync(403, message);

        Assert.Equal(ClusterErrorIds.Forbidden, error.Id);
        Assert.Contains("permission", error.Remedy, StringComparison.Ordinal);
    }

    private static async Task<OperationException> AskAsync(int status, string message)
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions
        {
            Interceptor = async http =>
            {
                http.Response.StatusCode = status;
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{{message}}","reason":"Forbidden","code":{{status}}}""");
                return true;
            },
        });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        return await Assert.ThrowsAsync<OperationException>(() => session.Connection.SendAsync(ApiRequest.Get("/api/v1/namespaces/work/configmaps/c")));
    }
}
