namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>The parts of a request's path.</summary>
internal sealed record ApiPath(string Group, string Version, string Namespace, string Resource, string Name, string Subresource)
{
    /// <summary>Null for paths that do not lead to resources.</summary>
    public static ApiPath? Parse(string path)
    {
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        int at;
        string group, version;
        if (parts is ["api", _, _, ..])
        {
            (group, version, at) = ("", parts[1], 2);
        }
        else if (parts is ["apis", _, _, _, ..])
        {
            (group, version, at) = (parts[1], parts[2], 3);
        }
        else
        {
            return null;
        }
        string ns = "";
        if (parts[at] == "namespaces" && parts.Length > at + 2 && parts[at + 2] is not ("status" or "finalize"))
        {
            ns = parts[at + 1];
            at += 2;
        }
        return new ApiPath(group, version, ns, parts[at], parts.ElementAtOrDefault(at + 1) ?? "", parts.ElementAtOrDefault(at + 2) ?? "");
    }
}
