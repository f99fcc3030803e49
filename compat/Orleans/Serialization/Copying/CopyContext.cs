using System.Diagnostics.CodeAnalysis;

namespace Orleans.Serialization.Copying;

/// <summary>One copy operation: which instances were copied already, and how grain references are treated.</summary>
internal sealed class CopyContext
{
    [ThreadStatic]
    private static CopyContext? s_spare;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>The copiers in use.</summary>
    public required CopierTable Table { get; init; }

    /// <summary>Turns an addressable object into the reference that travels; null shares it as it is.</summary>
    public Func<object, object>? CopyAddressable { get; private set; }

    /// <summary>Makes services for constructors that ask for them.</summary>
    public IServiceProvider? Services { get; private set; }

    /// <summary>A context of this thread; give it back with <see cref="Return"/>.</summary>
    public static CopyContext Rent(IServiceProvider? services, Func<object, object>? copyAddressable)
    {
        var context = s_spare ?? new CopyContext { Table = CopierTable.Shared };
        s_spare = null;
        context.Services = services;
        context.CopyAddressable = copyAddressable;
        return context;
    }

    /// <summary>Forgets everything and keeps the context for the thread's next copy.</summary>
    public void Return()
    {
        _copies.Clear();
        Services = null;
        CopyAddressable = null;
        s_spare = this;
    }

    /// <summary>Whether <paramref name="original"/> was copied before in this operation.</summary>
    public bool TryGetCopy(object original, [NotNullWhen(true)] out object? copy) =>
        _copies.TryGetValue(original, out copy);

    /// <summary>Notes the copy of <paramref name="original"/>, so that cycles close and sharing is kept.</summary>
    public void RecordCopy(object original, object copy) => _copies[original] = copy;
}
