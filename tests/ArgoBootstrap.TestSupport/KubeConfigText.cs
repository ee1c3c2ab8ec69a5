using System.Text;

namespace ArgoBootstrap.TestSupport;

/// <summary>Writes kubeconfig files for tests.</summary>
public static class KubeConfigText
{
    /// <summary>A kubeconfig with one context, <c>test</c>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="token">The user's token; null for none.</param>
    /// <param name="authorityPem">The server's authority; null for a plain HTTP server.</param>
    public static string Create(Uri server, string? token, string? authorityPem = null)
    {
        string authority = authorityPem is null ? "" : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(authorityPem))}";
        string user = token is null ? "{}" : $"\n    token: {token}";
        return $"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters:
            - name: test-cluster
              cluster:
                server: {server.ToString().TrimEnd('/')}{authority}
            users:
            - name: test-user
              user: {user}
            contexts:
            - name: test
              context:
                cluster: test-cluster
                user: test-user

            """;
    }
}
