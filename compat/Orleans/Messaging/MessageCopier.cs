using Orleans.Serialization.Copying;

namespace Orleans.Runtime;

/// <summary>
/// The serializer's copier as messages use it. What needs no copy costs one look-up, and all arguments of a call share
/// one operation.
/// </summary>
internal sealed class MessageCopier(IServiceProvider services) : IMessageCopier
{
    private static readonly Func<object, object> AsTraveller = Travelling;

    [ThreadStatic]
    private static List<GrainReference>? references;

    public List<GrainReference>? CopyInPlace(Span<object?> values)
    {
        CopyContext? context = null;
        references = null;
        try
        {
            foreach (ref var value in values)
            {
                if (value is null)
                    continue;
                var copier = CopierTable.Shared.Exact(value.GetType());
                if (!copier.IsShallow)
                    value = copier.CopyObject(value, context ??= CopyContext.Rent(services, AsTraveller));
            }

            return references;
        }
        finally
        {
            context?.Return();
            references = null;
        }
    }

    /// <summary>What travels in place of a grain or an observer.</summary>
    public static GrainReference Reference(object addressable) => addressable switch
    {
        GrainReference reference => reference,
        IGrainBase grain => grain.GrainContext.GrainReference,
        _ => throw new ArgumentException($"{addressable.GetType()} must be passed as a reference made by"
            + $" {nameof(IGrainFactory)}.{nameof(IGrainFactory.CreateObjectReference)}."),
    };

    private static GrainReference Travelling(object addressable)
    {
        var copy = Reference(addressable).Clone();
        (references ??= []).Add(copy);
        return copy;
    }
}
