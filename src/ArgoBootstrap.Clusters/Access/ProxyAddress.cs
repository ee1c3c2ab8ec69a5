using System.Net;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Reads the address of a proxy.</summary>
internal static class ProxyAddress
{
    /// <summary>User and password in an address; null when there are none.</summary>
    public static NetworkCredential? CredentialOf(Uri address)
    {
        if (address.UserInfo.Length == 0)
        {
            return null;
        }
        string[] parts = address.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>The address as messages name it: without user and password.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Has the password in an address taken out of everything that is said.</summary>
    public static void AddPasswordOf(this SecretMasker masker, Uri? address)
    {
        if (address is not null && CredentialOf(address) is { Password.Length: > 0 } credential)
        {
            masker.Add(credential.Password);
        }
    }
}
