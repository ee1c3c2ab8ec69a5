using YamlDotNet.Serialization;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>The fields of a kubeconfig that KubernetesClient's model leaves out.</summary>
internal sealed class KubeConfigExtras
{
    [YamlMember(Alias = "clusters", ApplyNamingConventions = false)]
    public List<NamedCluster>? Clusters { get; set; }

    [YamlMember(Alias = "users", ApplyNamingConventions = false)]
    public List<NamedUser>? Users { get; set; }

    internal sealed class NamedCluster
    {
        [YamlMember(Alias = "name", ApplyNamingConventions = false)]
        public string? Name { get; set; }

        [YamlMember(Alias = "cluster", ApplyNamingConventions = false)]
        public ClusterFields? Cluster { get; set; }
    }

    internal sealed class ClusterFields
    {
        [YamlMember(Alias = "proxy-url", ApplyNamingConventions = false)]
        public string? ProxyUrl { get; set; }
    }

    internal sealed class NamedUser
    {
        [YamlMember(Alias = "name", ApplyNamingConventions = false)]
        public string? Name { get; set; }

        [YamlMember(Alias = "user", ApplyNamingConventions = false)]
        public UserFields? User { get; set; }
    }

    internal sealed class UserFields
    {
        [YamlMember(Alias = "tokenFile", ApplyNamingConventions = false)]
        public string? TokenFile { get; set; }
    }
}
