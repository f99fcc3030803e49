using Orleans.Serialization.Copying;

namespace Orleans.Runtime;

/// <summary>
/// The serializer's copier as messages use it. What needs no copy costs one look-up, and all arguments of a call share one
/// operation.
/// </summary>
internal sealed class MessageCopier(IServiceProvider services) : IMessageCopier
{
    private static readonly Func<object, object> AsReference = Reference;

    public object? Copy(object? value)
    {
        CopyInPlace(new Span<object?>(ref value));
        return value;
    }

    public void CopyInPlace(Span<object?> arguments)
    {
        CopyContext? context = null;
        try
        {
            foreach (ref var argument in arguments)
            {
                if (argument is null)
                    continue;
                var copier = CopierTable.Shared.Exact(argument.GetType());
                if (!copier.IsShallow)
                    argument = copier.CopyObject(argument, context ??= CopyContext.Rent(services, AsReference));
            }
        }
        finally
        {
            context?.Return();
        }
    }

    private static object Reference(object addressable) => addressable switch
    {
        GrainReference reference => reference,
        IGrainBase grain => grain.GrainContext.GrainReference,
        _ => throw new ArgumentException(
            $"{addressable.GetType()} must be passed as a reference made by {nameof(IGrainFactory.CreateObjectReference)}."),
    };
}
