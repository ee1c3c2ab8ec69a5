using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>
/// The part of the Kubernetes 1.21 API that strategic merge patches ask for, from the resource <c>kubernetes-1.21.txt</c>.
/// The text is split into lines when the first type is asked for; a line is taken apart only when something below it is
/// asked for, so a build that patches a Deployment reads a dozen lines.
/// </summary>
internal static class BuiltInSchema
{
    /// <summary>The version that a kustomization names to get this schema (<c>openapi.version</c>).</summary>
    public const string Version = "v1.21.2";

    private static readonly Lazy<Dictionary<GroupVersionKind, string>> Kinds = new(() => Load().Kinds);
    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal);
    private static Dictionary<string, Node>? _nodes;

    /// <summary>The schema of a type, or null when it is none of Kubernetes' own.</summary>
    /// <param name="type">The type.</param>
    public static SchemaNode? ForResource(GroupVersionKind type) => Kinds.Value.TryGetValue(type, out string? name) ? Find(name) : null;

    /// <summary>The schema of a definition of Kubernetes' OpenAPI document; null when there is none, or no list merges in it.</summary>
    /// <param name="name">Its full name, as in <c>io.k8s.api.core.v1.PodSpec</c>.</param>
    public static SchemaNode? ForDefinition(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0 || Kinds.Value.Count == 0 || !Packages.TryGetValue(name[..dot], out string? package))
        {
            return null;
        }
        string entry = name[(dot + 1)..] + "=";
        string? found = Array.Find(package.Split(' '), candidate => candidate.StartsWith(entry, StringComparison.Ordinal));
        return found is null ? null : Find(found[entry.Length..]);
    }

    /// <summary>The schema with a name; <c>-</c> and <c>?</c> are those in which no list merges.</summary>
    private static SchemaNode Find(string name) => name switch
    {
        "-" => ClosedNode.Instance,
        "?" => OpenNode.Instance,
        _ => _nodes![name],
    };

    private static (Dictionary<GroupVersionKind, string> Kinds, Dictionary<string, Node> Nodes) Load()
    {
        var kinds = new Dictionary<GroupVersionKind, string>(512);
        var nodes = new Dictionary<string, Node>(256, StringComparer.Ordinal);
        using Stream stream = typeof(BuiltInSchema).Assembly.GetManifestResourceStream("kubernetes-1.21.txt")
            ?? throw new InvalidOperationException("The assembly was built without its Kubernetes schema.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] head = line.Split(' ', 3);
            switch (head[0])
            {
                case "type":
                    nodes.Add(head[1], new TypeNode(head[2]));
                    break;
                case "list":
                    nodes.Add(head[1], new ListNode(head[2]));
                    break;
                case "kind":
                    foreach (string entry in head[2].Split(' '))
                    {
                        int equals = entry.IndexOf('=', StringComparison.Ordinal);
                        kinds[GroupVersionKind.Parse(head[1], entry[..equals])] = entry[(equals + 1)..];
                    }
                    break;
                case "def":
                    Packages[head[1]] = head[2];
                    break;
                default:
                    break;
            }
        }
        _nodes = nodes;
        return (kinds, nodes);
    }

    private abstract class Node : SchemaNode;

    /// <summary>An object or map, some of whose fields hold lists that merge.</summary>
    /// <param name="text"><c>FIELD=NAME ...</c>.</param>
    private sealed class TypeNode(string text) : Node
    {
        private Dictionary<string, string>? _fields;

        public override SchemaNode? Field(string name)
        {
            Dictionary<string, string> fields = _fields ??= Parse();
            return fields.TryGetValue(name, out string? target) || fields.TryGetValue("*", out target) ? Find(target) : null;
        }

        private Dictionary<string, string> Parse() =>
            text.Split(' ').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
    }

    /// <summary>A list.</summary>
    private sealed class ListNode : Node
    {
        private readonly string _elements;

        /// <summary>Reads <c>ELEMENT [merge KEY,...]</c>.</summary>
        /// <param name="text">The text.</param>
        public ListNode(string text)
        {
            string[] parts = text.Split(' ');
            _elements = parts[0];
            if (parts.Length > 1)
            {
                MergesItems = true;
                MergeKeys = parts[2] == "=" ? [] : [.. parts[2].Split(',')];
            }
        }

        public override bool MergesItems { get; }

        public override ImmutableArray<string> MergeKeys { get; } = [];

        public override SchemaNode? Elements => Find(_elements);
    }

    /// <summary>Something that has a schema throughout, in which no list merges.</summary>
    private sealed class ClosedNode : SchemaNode
    {
        public static readonly ClosedNode Instance = new();

        public override SchemaNode? Elements => this;

        public override SchemaNode? Field(string name) => this;
    }

    /// <summary>An object of whose fields nothing is said.</summary>
    private sealed class OpenNode : SchemaNode
    {
        public static readonly OpenNode Instance = new();
    }
}
