using System.Buffers;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Passes what is written on to a stream, block by block, from one pooled buffer.</summary>
/// <param name="stream">The stream; not closed.</param>
internal sealed class StreamBufferWriter(Stream stream) : IBufferWriter<byte>, IDisposable
{
    private const int BlockBytes = 64 << 10;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _count;

    /// <inheritdoc/>
    public void Advance(int count) => _count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _block.AsMemory(_count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _block.AsSpan(_count);
    }

    /// <summary>Passes on what is left.</summary>
    public void Flush()
    {
        stream.Write(_block, 0, _count);
        _count = 0;
    }

    /// <summary>Gives the buffer back. What was not flushed is lost.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_block);
        _block = [];
    }

    private void MakeRoom(int sizeHint)
    {
        int wanted = Math.Max(1, sizeHint);
        if (_block.Length - _count >= wanted)
        {
            return;
        }
        Flush();
        if (_block.Length < wanted)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = ArrayPool<byte>.Shared.Rent(wanted);
        }
    }
}
