namespace Orleans.Runtime;

/// <summary>Copies nothing; stands in until the serializer's copier is registered.</summary>
internal sealed class UncheckedCopier : IMessageCopier
{
    public object? Copy(object? value) => value;
}
