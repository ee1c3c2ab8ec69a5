using System.Net;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>The addresses for which no proxy is used: those of <c>NO_PROXY</c>, and this machine itself.</summary>
internal sealed class ProxyExemptions
{
    private readonly bool _isAll;
    private readonly List<Func<string, IPAddress?, string, bool>> _rules = [];

    /// <summary>Reads the list.</summary>
    /// <param name="list"><c>NO_PROXY</c>: items with commas between them. What cannot be read is passed over, as by Go.</param>
    public ProxyExemptions(string list)
    {
        foreach (string item in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(i => i.ToLowerInvariant()))
        {
            _isAll |= item == "*";
            if (Rule(item) is { } rule)
            {
                _rules.Add(rule);
            }
        }
    }

    /// <summary>Whether an address is reached without a proxy.</summary>
    public bool Include(Uri address)
    {
        string host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        IPAddress? ip = IPAddress.TryParse(host, out IPAddress? parsed) ? parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed : null;
        if (host == "localhost" || (ip is not null && IPAddress.IsLoopback(ip)))
        {
            return true;
        }
        string port = address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _isAll || _rules.Any(rule => rule(host, ip, port));
    }

    private static Func<string, IPAddress?, string, bool>? Rule(string item)
    {
        if (IPNetwork.TryParse(item, out _) || IsLooseNetwork(item))
        {
            IPNetwork network = Network(item);
            return (_, ip, _) => ip is not null && network.Contains(ip);
        }
        (string name, string port) = Split(item);
        if (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? wanted))
        {
            return (_, ip, p) => wanted.Equals(ip) && (port.Length == 0 || port == p);
        }
        if (name.Length == 0)
        {
            return null;
        }
        // "*.x" and ".x" mean what is below x; "x" means x and what is below it.
        name = name.StartsWith("*.", StringComparison.Ordinal) ? name[1..] : name;
        bool isBelowOnly = name[0] == '.';
        string suffix = isBelowOnly ? name : "." + name;
        return (host, _, p) => (port.Length == 0 || port == p) && (host.EndsWith(suffix, StringComparison.Ordinal) || (!isBelowOnly && host == name));
    }

    /// <summary>Whether it is a range whose address has bits beyond its prefix, which Go takes and .NET does not.</summary>
    private static bool IsLooseNetwork(string item) =>
        item.Split('/') is [var address, var length] && IPAddress.TryParse(address, out IPAddress? ip) && int.TryParse(length, out int bits)
        && bits >= 0 && bits <= ip.GetAddressBytes().Length * 8;

    private static IPNetwork Network(string item)
    {
        string[] parts = item.Split('/');
        byte[] bytes = IPAddress.Parse(parts[0]).GetAddressBytes();
        int bits = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    private static (string Name, string Port) Split(string item)
    {
        int colon = item.LastIndexOf(':');
        bool isPort = colon >= 0 && (item.IndexOf(':') == colon || item[colon - 1] == ']') && colon < item.Length - 1;
        return isPort ? (item[..colon], item[(colon + 1)..]) : (item, "");
    }
}
