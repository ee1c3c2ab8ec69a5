using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Names one object of a cluster.</summary>
/// <param name="Type">Group, version and kind.</param>
/// <param name="Name">Name.</param>
/// <param name="Namespace">Namespace as written; empty when none is.</param>
public readonly record struct ObjectReference(GroupVersionKind Type, string Name, string Namespace)
{
    /// <summary>The reference to a live object.</summary>
    /// <param name="json">The object, with <c>apiVersion</c>, <c>kind</c> and <c>metadata.name</c>.</param>
    /// <exception cref="OperationException">One of them is missing.</exception>
    public static ObjectReference Of(JsonObject json)
    {
        string apiVersion = Text(json["apiVersion"]);
        string kind = Text(json["kind"]);
        var metadata = json["metadata"] as JsonObject;
        string name = Text(metadata?["name"]);
        if (apiVersion.Length == 0 || kind.Length == 0 || name.Length == 0)
        {
            throw new OperationException(
                ClusterErrorIds.InvalidObject,
                $"An object has no {(apiVersion.Length == 0 ? "apiVersion" : kind.Length == 0 ? "kind" : $"metadata.name (its kind is {kind})")}.",
                "Give every object apiVersion, kind and metadata.name.");
        }
        return new ObjectReference(GroupVersionKind.Parse(apiVersion, kind), name, Text(metadata?["namespace"]));

        static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";
    }

    /// <summary>How messages name the object: <c>Deployment web in namespace shop</c>.</summary>
    public override string ToString() => Namespace.Length > 0 ? $"{Type.Kind} {Name} in namespace {Namespace}" : $"{Type.Kind} {Name}";
}
