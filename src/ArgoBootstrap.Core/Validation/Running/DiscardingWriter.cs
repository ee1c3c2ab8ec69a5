using System.Buffers;

namespace ArgoBootstrap.Core.Validation.Running;

/// <summary>Takes output that nobody reads: writing shows whether something can be printed at all.</summary>
internal sealed class DiscardingWriter : IBufferWriter<byte>
{
    private const int MinimumSize = 4096;

    private byte[] _buffer = new byte[MinimumSize];

    /// <inheritdoc/>
    public void Advance(int count)
    {
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length < sizeHint)
        {
            _buffer = new byte[sizeHint];
        }

        return _buffer;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
