using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Finds out which server to talk to and as whom: an explicit kubeconfig, KUBECONFIG, ~/.kube/config, or the pod's service account.</summary>
internal static class EndpointResolver
{
    /// <summary>Finds it out.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="findPod">Finds the pod that this runs in; that of the process when null.</param>
    /// <exception cref="OperationException">There is no usable kubeconfig or no such context.</exception>
    public static async Task<ClusterEndpointSettings> ResolveAsync(ClusterConnectionOptions options, CancellationToken cancellationToken, Func<InClusterConfiguration?>? findPod = null)
    {
        KubeConfig? config = await KubeConfig.LoadAsync(options.KubeConfigPath, cancellationToken).ConfigureAwait(false);
        if (config is not null)
        {
            KubeConfigContext context = config.Resolve(options.Context);
            ActivityLog.Step($"Context '{context.Name}' of {config.Source}: server {options.Masker.MaskText(context.Cluster.Server)}, user '{context.User.Name}'");
            return FromContext(context, options);
        }
        if (options.Context.Length == 0 && (findPod is null ? InClusterConfiguration.Find() : findPod()) is { } pod)
        {
            return pod.Settings(options.Masker);
        }
        throw KubeConfig.NoneFound();
    }

    private static ClusterEndpointSettings FromContext(KubeConfigContext context, ClusterConnectionOptions options)
    {
        SecretMasker masker = options.Masker;
        KubeConfigCluster cluster = context.Cluster;
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https"))
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid, $"The server '{masker.MaskText(cluster.Server)}' of context '{context.Name}' is not an http or https address.", "Correct the cluster's server in the kubeconfig.");
        }
        Uri? proxy = null;
        if (cluster.ProxyUrl.Length > 0 && !Uri.TryCreate(cluster.ProxyUrl, UriKind.Absolute, out proxy))
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid, $"The proxy-url of context '{context.Name}' is not an address.", "Correct the cluster's proxy-url in the kubeconfig.");
        }
        masker.AddPasswordOf(proxy);
        ICredentialSource credentials = Credentials(context, options);
        RequireSecure(server, context, credentials);
        return new ClusterEndpointSettings
        {
            Server = server,
            Context = context.Name,
            User = context.User.Name,
            Namespace = context.Namespace,
            Authorities = Authorities(cluster),
            SkipTlsVerify = cluster.SkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            Proxy = proxy,
            ImpersonateUser = context.User.ImpersonateUser,
            ImpersonateGroups = context.User.ImpersonateGroups,
            Credentials = credentials,
        };
    }

    /// <summary>
    /// Refuses to send credentials for everyone on the way to read. kubectl leaves them out in silence (client-go reads a user only
    /// for TLS); what the server then refuses to "system:anonymous" helps nobody. To this machine itself, nothing is on the way.
    /// </summary>
    private static void RequireSecure(Uri server, KubeConfigContext context, ICredentialSource credentials)
    {
        if (server.Scheme == Uri.UriSchemeHttps || server.IsLoopback || credentials is FixedCredential { HasAuthorization: false })
        {
            return;
        }
        throw new OperationException(
            ClusterErrorIds.KubeConfigInvalid,
            $"The server {server.GetLeftPart(UriPartial.Authority)} of context '{context.Name}' is not https: everyone on the way could read the credentials of user '{context.User.Name}'.",
            "Name the server's https address in the kubeconfig. kubectl sends no credentials over http either.")
        {
            Context = context.Name,
        };
    }

    private static X509Certificate2Collection? Authorities(KubeConfigCluster cluster)
    {
        if (!string.IsNullOrEmpty(cluster.CertificateAuthorityData))
        {
            return Certificates.AuthoritiesFromPem(Decode(cluster.CertificateAuthorityData, "certificate-authority-data"));
        }
        return string.IsNullOrEmpty(cluster.CertificateAuthority) ? null : Certificates.AuthoritiesFromPem(ReadFile(cluster.CertificateAuthority));
    }

    private static ICredentialSource Credentials(KubeConfigContext context, ClusterConnectionOptions options)
    {
        SecretMasker masker = options.Masker;
        KubeConfigUser user = context.User;
        masker.Add(user.Token);
        masker.Add(user.Password);
        if (user.Plugin is not null)
        {
            return new ExecCredential(context, options);
        }
        if (user.TokenFile.Length > 0)
        {
            return new TokenFileCredential(user.TokenFile, masker);
        }
        return new FixedCredential(new ClusterCredential(Authorization(context, masker), Certificate(user, masker)));
    }

    private static AuthenticationHeaderValue? Authorization(KubeConfigContext context, SecretMasker masker)
    {
        KubeConfigUser user = context.User;
        if (!string.IsNullOrWhiteSpace(user.Token))
        {
            return new AuthenticationHeaderValue("Bearer", user.Token.Trim());
        }
        if (!string.IsNullOrEmpty(user.UserName))
        {
            string pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}"));
            masker.Add(pair);
            return new AuthenticationHeaderValue("Basic", pair);
        }
        if (user.AuthProvider.Length == 0)
        {
            return null;
        }
        if (user.AuthProvider == "oidc" && user.AuthProviderConfig.TryGetValue("id-token", out string? token) && !string.IsNullOrEmpty(token))
        {
            foreach (string value in user.AuthProviderConfig.Where(p => SecretMasker.IsSecretName(p.Key)).Select(p => p.Value))
            {
                masker.Add(value);
            }
            return new AuthenticationHeaderValue("Bearer", token);
        }
        throw new OperationException(
            ClusterErrorIds.KubeConfigInvalid,
            $"The user '{user.Name}' of context '{context.Name}' uses the auth-provider '{user.AuthProvider}', which Kubernetes has replaced by credential plugins.",
            "Use the exec plugin of your platform: kubelogin (Azure, OIDC) or gke-gcloud-auth-plugin (Google).");
    }

    private static X509Certificate2? Certificate(KubeConfigUser user, SecretMasker masker)
    {
        string? certificate = !string.IsNullOrEmpty(user.ClientCertificateData) ? Decode(user.ClientCertificateData, "client-certificate-data")
            : !string.IsNullOrEmpty(user.ClientCertificate) ? ReadFile(user.ClientCertificate) : null;
        string? key = !string.IsNullOrEmpty(user.ClientKeyData) ? Decode(user.ClientKeyData, "client-key-data")
            : !string.IsNullOrEmpty(user.ClientKey) ? ReadFile(user.ClientKey) : null;
        masker.Add(key);
        if (certificate is null != key is null)
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid,
                $"The kubeconfig's user '{user.Name}' has a {(key is null ? "client certificate without its key" : "client key without its certificate")}.",
                $"Add {(key is null ? "client-key or client-key-data" : "client-certificate or client-certificate-data")} to the user.");
        }
        return certificate is null ? null : Certificates.FromPem(certificate, key!);
    }

    private static string Decode(string base64, string field) => Base64Text.TryDecode(base64)
        ?? throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The kubeconfig's {field} is not base64.", "Correct the kubeconfig, or fetch it again.");

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The file '{path}', which the kubeconfig names, cannot be read: {e.Message}", "Correct the path in the kubeconfig, or make the file readable.", e);
        }
    }
}
