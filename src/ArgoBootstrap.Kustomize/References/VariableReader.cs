using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Reads the <c>vars</c> of a kustomization.</summary>
public static class VariableReader
{
    private static readonly StrictFields Fields = StrictFields.Kustomization;

    private sealed class Parts
    {
        public string ApiVersion = "";
        public string FieldPath = "";
        public string Group = "";
        public string Kind = "";
        public string Name = "";
        public string Namespace = "";
        public string ObjectName = "";
        public string Version = "";
    }

    /// <summary>Reads a list of variables.</summary>
    /// <param name="node">The list; null for none.</param>
    /// <exception cref="KustomizeException">A field is not known or has the wrong type.</exception>
    public static IReadOnlyList<Variable> Read(YamlNode node)
    {
        List<Variable> variables = [];
        foreach (YamlNode item in Fields.Items(node, "vars"))
        {
            var parts = new Parts();
            Fields.Read(item, "a variable", (name, value) => ReadField(parts, name, value));
            (string group, string version) = (parts.Group, parts.Version);
            if (parts.ApiVersion.Length > 0)
            {
                string[] split = parts.ApiVersion.Split('/');
                group = split.Length == 2 ? split[0] : group;
                version = split.Length switch { 1 => split[0], 2 => split[1], _ => version };
            }
            string path = parts.FieldPath.Length > 0 ? parts.FieldPath : Variable.DefaultFieldPath;
            variables.Add(new Variable(parts.Name, new GroupVersionKind(group, version, parts.Kind), parts.ObjectName, parts.Namespace, path, item.Position));
        }
        return variables;
    }

    private static bool ReadField(Parts parts, string name, YamlNode value)
    {
        switch (name)
        {
            case "name":
                parts.Name = Fields.Text(value, "vars.name");
                return true;
            case "objref":
                Fields.Read(value, "the objref of a variable", (field, v) => ReadReference(parts, field, v));
                return true;
            case "fieldref":
                Fields.Read(value, "the fieldref of a variable", (field, v) =>
                {
                    if (field != "fieldpath")
                    {
                        return false;
                    }
                    parts.FieldPath = Fields.Text(v, "vars.fieldref.fieldPath");
                    return true;
                });
                return true;
            default:
                return false;
        }
    }

    private static bool ReadReference(Parts parts, string name, YamlNode value)
    {
        switch (name)
        {
            case "apiversion":
                parts.ApiVersion = Fields.Text(value, "vars.objref.apiVersion");
                return true;
            case "group":
                parts.Group = Fields.Text(value, "vars.objref.group");
                return true;
            case "version":
                parts.Version = Fields.Text(value, "vars.objref.version");
                return true;
            case "kind":
                parts.Kind = Fields.Text(value, "vars.objref.kind");
                return true;
            case "name":
                parts.ObjectName = Fields.Text(value, "vars.objref.name");
                return true;
            case "namespace":
                parts.Namespace = Fields.Text(value, "vars.objref.namespace");
                return true;
            default:
                return false;
        }
    }
}
