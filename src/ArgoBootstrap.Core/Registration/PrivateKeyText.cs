using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ArgoBootstrap.Core.Registration;

/// <summary>Private keys in PEM, as Argo CD can use them: with LF line ends, a last line end (without which OpenSSH reads no key), and without a passphrase (Argo CD cannot ask for one).</summary>
internal static class PrivateKeyText
{
    /// <summary>What is wrong with a key; null when Argo CD can use it. Says nothing of what is in it.</summary>
    public static string? Fault(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> text = key.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n\0"u8);
        if (text.StartsWith("ssh-"u8) || text.StartsWith("ecdsa-"u8) || text.IndexOf("PUBLIC KEY-----"u8) >= 0)
        {
            return "the key is a public one";
        }
        if (text.StartsWith("PuTTY-User-Key-File"u8))
        {
            return "the key is in PuTTY's format; export it in OpenSSH's";
        }
        int body = text.IndexOf("PRIVATE KEY-----"u8);
        if (!text.StartsWith("-----BEGIN "u8) || body < 0)
        {
            return "the key is not a private key in PEM (-----BEGIN ... PRIVATE KEY-----)";
        }
        if (text.IndexOf("-----END "u8) < 0)
        {
            return "the key has no last line (-----END ... PRIVATE KEY-----)";
        }
        return text.IndexOf("BEGIN ENCRYPTED PRIVATE KEY"u8) >= 0 || text.IndexOf("ENCRYPTED"u8) is var at && at >= 0 && text[..at].IndexOf("Proc-Type:"u8) >= 0 || IsEncryptedOpenSsh(text[(body + "PRIVATE KEY-----"u8.Length)..])
            ? "the key has a passphrase, which Argo CD cannot ask for"
            : null;
    }

    /// <summary>A copy of a key as Argo CD needs it. The caller clears it.</summary>
    public static byte[] Normalize(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> text = key.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n\0"u8);
        byte[] made = new byte[text.Length + 1];
        int length = 0;
        foreach (byte b in text)
        {
            if (b != (byte)'\r')
            {
                made[length++] = b;
            }
        }
        made[length++] = (byte)'\n';
        byte[] result = made.AsSpan(0, length).ToArray();
        CryptographicOperations.ZeroMemory(made);
        return result;
    }

    /// <summary>OpenSSH's own format says in its first field how the key is encrypted (openssh-portable, PROTOCOL.key).</summary>
    private static bool IsEncryptedOpenSsh(ReadOnlySpan<byte> afterHeader)
    {
        ReadOnlySpan<byte> magic = "openssh-key-v1\0"u8;
        Span<char> start = stackalloc char[64];
        int length = 0;
        foreach (byte b in afterHeader)
        {
            if (length < start.Length && !char.IsWhiteSpace((char)b))
            {
                start[length++] = (char)b;
            }
        }
        Span<byte> bytes = stackalloc byte[48];
        return length == start.Length
            && Convert.TryFromBase64Chars(start, bytes, out int count)
            && bytes[..count].StartsWith(magic)
            && BinaryPrimitives.ReadUInt32BigEndian(bytes[magic.Length..]) is var size and < 24
            && Encoding.ASCII.GetString(bytes.Slice(magic.Length + 4, (int)size)) != "none";
    }
}
