using System.Buffers;
using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>A growing block of UTF-8 that flows into an <see cref="IBufferWriter{T}"/> whenever it may.</summary>
internal struct Utf8Buffer(IBufferWriter<byte> output)
{
    private const int FlushAt = 64 << 10;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FlushAt * 2);
    private int _count;

    /// <summary>Bytes written in all, whether they have been passed on or not.</summary>
    internal long Written { get; private set; }

    /// <summary>Appends one byte.</summary>
    internal void Add(byte value)
    {
        if (_count == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[_count++] = value;
        Written++;
    }

    /// <summary>Appends bytes.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _count += bytes.Length;
        Written += bytes.Length;
    }

    /// <summary>Appends a text.</summary>
    internal void Add(ReadOnlySpan<char> text)
    {
        Span<byte> room = Reserve(text.Length * 3);
        int count;
        if (Ascii.FromUtf16(text, room, out count) != OperationStatus.Done)
        {
            count = Encoding.UTF8.GetBytes(text, room);
        }
        _count += count;
        Written += count;
    }

    /// <summary>Appends the same byte several times.</summary>
    internal void Repeat(byte value, int count)
    {
        Reserve(count)[..count].Fill(value);
        _count += count;
        Written += count;
    }

    /// <summary>The last bytes written, which must not have been passed on.</summary>
    internal readonly byte[] Tail(int count) => _bytes.AsSpan(_count - count, count).ToArray();

    /// <summary>Passes on what is there, if it is much.</summary>
    internal void FlushIfLarge()
    {
        if (_count >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Passes on what is there.</summary>
    internal void Flush()
    {
        output.Write(_bytes.AsSpan(0, _count));
        _count = 0;
    }

    /// <summary>Gives the memory back.</summary>
    internal void Release()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _count < count)
        {
            Grow(count);
        }
        return _bytes.AsSpan(_count);
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _count + count));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
