using AgenticOS.Grains.Output;

namespace AgenticOS.TcpFrontend.Output;

/// <summary>Output that came before it could be written, in order and bounded. What does not fit is let go: the
/// process's log has it.</summary>
internal sealed class HeldItems(int limit)
{
    private readonly Queue<OutputItem> _items = new();
    private long _bytes;

    /// <summary>Whether something was let go since the last <see cref="Clear"/>.</summary>
    public bool IsIncomplete { get; private set; }

    public void Add(in OutputItem item)
    {
        // An item costs more than its bytes; 64 stands for the rest of it.
        _bytes += item.Bytes.Length + 64;
        if (_bytes <= limit && !IsIncomplete)
        {
            _items.Enqueue(item);
            return;
        }

        _items.Clear();
        IsIncomplete = true;
    }

    public bool TryTake(out OutputItem item) => _items.TryDequeue(out item);

    public void Clear()
    {
        _items.Clear();
        _bytes = 0;
        IsIncomplete = false;
    }
}
