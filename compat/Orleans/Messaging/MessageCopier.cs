using Orleans.Serialization.Copying;

namespace Orleans.Runtime;

/// <summary>
/// The serializer's copier as messages use it. What needs no copy costs one look-up, and all arguments of a call share one
/// operation.
/// </summary>
internal sealed class MessageCopier(IServiceProvider services) : IMessageCopier
{
    private static readonly Func<object, object> AsReference = Reference;

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
                    value = copier.CopyObject(value, context ??= CopyContext.Rent(services, AsReference));
            }

            return references;
        }
        finally
        {
            context?.Return();
            references = null;
        }
    }

    private static GrainReference Reference(object addressable)
    {
        var copy = addressable switch
        {
            GrainReference reference => reference.Clone(),
            IGrainBase grain => grain.GrainContext.GrainReference.Clone(),
            _ => throw new ArgumentException($"{addressable.GetType()} must be passed as a reference made by"
                + $" {nameof(IGrainFactory)}.{nameof(IGrainFactory.CreateObjectReference)}."),
        };
        (references ??= []).Add(copy);
        return copy;
    }
}
