using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>A secret as UTF-8, cleared when it is let go of.</summary>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] _value;

    private SecretBytes(byte[] value) => _value = value;

    /// <summary>No secret.</summary>
    public static SecretBytes None => new([]);

    /// <summary>The secret.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>What a secure string holds.</summary>
    /// <param name="text">The secure string.</param>
    public static SecretBytes From(SecureString text)
    {
        char[] characters = new char[text.Length];
        nint unprotected = Marshal.SecureStringToGlobalAllocUnicode(text);
        try
        {
            Marshal.Copy(unprotected, characters, 0, characters.Length);
            byte[] value = new byte[Encoding.UTF8.GetByteCount(characters)];
            Encoding.UTF8.GetBytes(characters, value);
            return new SecretBytes(value);
        }
        finally
        {
            Array.Clear(characters);
            Marshal.ZeroFreeGlobalAllocUnicode(unprotected);
        }
    }

    /// <summary>Bytes that are the caller's: a copy is made.</summary>
    /// <param name="value">The bytes.</param>
    public static SecretBytes Copy(ReadOnlySpan<byte> value) => new(value.ToArray());

    /// <summary>What a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read, or is larger than any key.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public static SecretBytes FromFile(string path)
    {
        const int Largest = 1 << 20;
        return new FileInfo(path).Length <= Largest ? new SecretBytes(File.ReadAllBytes(path)) : throw new IOException($"'{path}' is larger than any key.");
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_value);
}
