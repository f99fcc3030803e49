using Orleans.Serialization.Copying;

namespace Orleans.Serialization;

/// <summary>
/// Copies object graphs as a message does: only members with an id arrive, immutable values are shared, cycles stay
/// cycles.
/// </summary>
public sealed class DeepCopier
{
    private readonly IServiceProvider? _services;
    private readonly Func<object, object>? _copyAddressable;

    internal DeepCopier(IServiceProvider? services = null, Func<object, object>? copyAddressable = null)
    {
        _services = services;
        _copyAddressable = copyAddressable;
    }

    /// <summary>A deep copy of <paramref name="value"/>.</summary>
    /// <exception cref="CodecNotFoundException">
    /// A type in the graph is neither built in nor marked as serializable.
    /// </exception>
    public T Copy<T>(T value) => (T)CopyObject(value)!;

    /// <summary>A copier for values of one type.</summary>
    public DeepCopier<T> GetCopier<T>() => new(this);

    internal object? CopyObject(object? value)
    {
        if (value is null)
            return null;
        var copier = CopierTable.Shared.Exact(value.GetType());
        if (copier.IsShallow)
            return value;
        var context = CopyContext.Rent(_services, _copyAddressable);
        try
        {
            return copier.CopyObject(value, context);
        }
        finally
        {
            context.Return();
        }
    }
}

/// <summary>A <see cref="DeepCopier"/> for values of one type.</summary>
public sealed class DeepCopier<T>
{
    private readonly DeepCopier _copier;

    internal DeepCopier(DeepCopier copier) => _copier = copier;

    /// <summary>A deep copy of <paramref name="value"/>.</summary>
    /// <exception cref="CodecNotFoundException">
    /// A type in the graph is neither built in nor marked as serializable.
    /// </exception>
    public T Copy(T value) => _copier.Copy(value);
}
