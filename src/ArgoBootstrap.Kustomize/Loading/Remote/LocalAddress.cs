using System.Net;
using System.Net.Sockets;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>
/// Tells addresses that lead to this machine or its link: files, loopback, link-local (where clouds answer with a machine's
/// credentials). What a repository fetches from there depends on who renders it.
/// </summary>
internal static class LocalAddress
{
    /// <summary>Whether a URL, as far as its text tells, leads to this machine or its link.</summary>
    /// <param name="path">A path as a kustomization names it; anything that is not a URL is not local in this sense.</param>
    public static bool IsNamedBy(string path)
    {
        if (RepositoryUrl.TryParse(path) is RepositoryUrl repository)
        {
            return repository.Host.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || IsLocal(new GitAddress(repository.CloneUrl).Host);
        }
        return Uri.TryCreate(path, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && IsLocal(url.Host);
    }

    /// <summary>Whether a host, as far as its name tells, is this machine or on its link.</summary>
    /// <param name="host">A name or an address, IPv6 with or without brackets.</param>
    public static bool IsLocal(string host)
    {
        host = host.Trim('[', ']').TrimEnd('.');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? address) && IsLocal(address));
    }

    /// <summary>Whether an address is this machine's or on its link.</summary>
    /// <param name="address">The address.</param>
    public static bool IsLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return IPAddress.IsLoopback(address)
            || address.Equals(IPAddress.Any)
            || address.Equals(IPAddress.IPv6Any)
            || address.IsIPv6LinkLocal
            || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
    }

    /// <summary>Whether a host is, or its name resolves to, this machine or its link.</summary>
    /// <param name="host">A name or an address.</param>
    public static bool LeadsHere(string host)
    {
        if (IsLocal(host))
        {
            return true;
        }
        try
        {
            return Dns.GetHostAddresses(host.Trim('[', ']')).Any(IsLocal);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // Whoever connects says why the name does not resolve.
            return false;
        }
    }
}

/// <summary>Something leads to this machine or its link where nothing may be fetched from there.</summary>
/// <param name="message">What, and why not.</param>
internal sealed class LocalAddressException(string message) : IOException(message);
