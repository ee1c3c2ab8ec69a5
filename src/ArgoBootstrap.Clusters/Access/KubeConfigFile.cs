using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// One kubeconfig file. It is read with the engine's own reader: KubernetesClient's model leaves out proxy-url and tokenFile,
/// and takes twenty times as long to be ready.
/// </summary>
internal sealed class KubeConfigFile
{
    private readonly MappingNode _root;
    private readonly string _folder;

    private KubeConfigFile(string path, MappingNode root)
    {
        Path = path;
        _root = root;
        _folder = System.IO.Path.GetDirectoryName(path) ?? "";
    }

    public string Path { get; }

    public string CurrentContext => Text(_root, "current-context");

    public IEnumerable<string> ContextNames => Named("contexts").Select(c => Text(c, "name"));

    /// <param name="path">Absolute path of the file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<KubeConfigFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            byte[] text = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<YamlNode> documents = YamlReader.ReadAll(text, new SourceFile(path));
            return documents.Count == 0 ? new KubeConfigFile(path, MappingNode.Empty)
                : documents[0] is MappingNode root ? new KubeConfigFile(path, root)
                : throw new OperationException(ClusterErrorIds.KubeConfigInvalid, $"The kubeconfig '{path}' is not a mapping.", "Correct the file; 'kubectl config view' shows how kubectl reads it.");
        }
        catch (KustomizeException e)
        {
            // Its text may quote the file, and the file holds credentials: only the place is told.
            SourcePosition at = e.Diagnostics[0].Position;
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid,
                $"The kubeconfig '{path}' is not valid at line {at.Line}, column {at.Column}.",
                "Correct the file; 'kubectl config view' shows how kubectl reads it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid,
                $"The kubeconfig '{path}' cannot be read: {e.Message}",
                "Give the file to the user who runs this, or name another one with -KubeConfigPath.",
                e);
        }
    }

    /// <summary>The cluster, user and namespace that a context names, or null.</summary>
    public (string Cluster, string User, string Namespace)? FindContext(string name) =>
        Find("contexts", name)?["context"] is MappingNode context ? (Text(context, "cluster"), Text(context, "user"), Text(context, "namespace")) : null;

    public KubeConfigCluster? FindCluster(string name) => Find("clusters", name)?["cluster"] is not MappingNode cluster ? null : new KubeConfigCluster
    {
        Server = Text(cluster, "server"),
        CertificateAuthority = Absolute(Text(cluster, "certificate-authority")),
        CertificateAuthorityData = Text(cluster, "certificate-authority-data"),
        TlsServerName = Text(cluster, "tls-server-name"),
        ProxyUrl = Text(cluster, "proxy-url"),
        SkipTlsVerify = Flag(cluster, "insecure-skip-tls-verify"),
    };

    public KubeConfigUser? FindUser(string name)
    {
        if (Find("users", name) is not { } found)
        {
            return null;
        }
        MappingNode user = found["user"] as MappingNode ?? MappingNode.Empty;
        var provider = user["auth-provider"] as MappingNode;
        return new KubeConfigUser
        {
            Name = name,
            Token = Text(user, "token"),
            TokenFile = Absolute(Text(user, "tokenFile")),
            UserName = Text(user, "username"),
            Password = Text(user, "password"),
            ClientCertificate = Absolute(Text(user, "client-certificate")),
            ClientCertificateData = Text(user, "client-certificate-data"),
            ClientKey = Absolute(Text(user, "client-key")),
            ClientKeyData = Text(user, "client-key-data"),
            ImpersonateUser = Text(user, "as"),
            ImpersonateGroups = Texts(user["as-groups"]),
            AuthProvider = Text(provider, "name"),
            AuthProviderConfig = Values(provider?["config"]),
            Plugin = user["exec"] is MappingNode exec ? Plugin(exec) : null,
        };
    }

    private KubeConfigPlugin Plugin(MappingNode exec)
    {
        string command = Text(exec, "command");
        bool isPath = command.Contains('/', StringComparison.Ordinal) || command.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return new KubeConfigPlugin
        {
            ApiVersion = Text(exec, "apiVersion"),
            Command = isPath ? Absolute(command) : command,
            Arguments = Texts(exec["args"]),
            Environment = [.. Items(exec["env"]).OfType<MappingNode>().Select(v => KeyValuePair.Create(Text(v, "name"), Text(v, "value"))).Where(v => v.Key.Length > 0)],
            InstallHint = Text(exec, "installHint"),
            ProvideClusterInfo = Flag(exec, "provideClusterInfo"),
        };
    }

    private MappingNode? Find(string list, string name) => Named(list).FirstOrDefault(i => Text(i, "name") == name);

    private IEnumerable<MappingNode> Named(string list) => Items(_root[list]).OfType<MappingNode>();

    private string Absolute(string path) => path.Length == 0 ? "" : System.IO.Path.GetFullPath(path, _folder);

    private static IReadOnlyList<YamlNode> Items(YamlNode? node) => node is SequenceNode sequence ? [.. sequence.Items] : [];

    private static IReadOnlyList<string> Texts(YamlNode? node) => [.. Items(node).OfType<ScalarNode>().Select(s => s.Value)];

    private static string Text(MappingNode? node, string key) => node?[key] is ScalarNode { IsNull: false } scalar ? scalar.Value : "";

    private static bool Flag(MappingNode node, string key) => Text(node, key) == "true";

    private static Dictionary<string, string> Values(YamlNode? node)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MappingEntry entry in node is MappingNode mapping ? mapping.Entries : [])
        {
            if (entry.Value is ScalarNode scalar)
            {
                values[entry.Key.Value] = scalar.Value;
            }
        }
        return values;
    }
}
