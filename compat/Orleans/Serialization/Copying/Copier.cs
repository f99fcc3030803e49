namespace Orleans.Serialization.Copying;

/// <summary>Copies values of exactly one runtime type, or of one declared type and what derives from it.</summary>
internal abstract class Copier
{
    /// <summary>Whether a value may be shared instead of copied.</summary>
    public virtual bool IsShallow => false;

    /// <summary>A copy of <paramref name="value"/>, or the value where it may be shared.</summary>
    public abstract object CopyObject(object value, CopyContext context);

    /// <summary>Finds the copiers of the parts. Called once, before the first copy, possibly inside a cycle of types.</summary>
    public virtual void Bind(CopierTable table)
    {
    }
}

/// <inheritdoc cref="Copier"/>
internal abstract class Copier<T> : Copier
{
    /// <summary>A copy of <paramref name="value"/>, or the value where it may be shared.</summary>
    public abstract T Copy(T value, CopyContext context);

    /// <inheritdoc/>
    public override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;
}

/// <summary>Shares values that cannot change.</summary>
internal sealed class ShallowCopier<T> : Copier<T>
{
    public override bool IsShallow => true;

    public override T Copy(T value, CopyContext context) => value;

    public override object CopyObject(object value, CopyContext context) => value;
}

/// <summary>Copies by the runtime type: for members declared as an interface, an abstract or an unsealed class.</summary>
internal sealed class ByRuntimeTypeCopier<T> : Copier<T>
    where T : class?
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? value! : (T)context.Table.Exact(value.GetType()).CopyObject(value, context);
}

/// <summary>The base of copiers of mutable reference types: null and shared references are settled here.</summary>
internal abstract class ReferenceCopier<T> : Copier<T>
    where T : class
{
    /// <summary>Whether one instance that is met twice stays one instance.</summary>
    protected virtual bool TracksReferences => true;

    public sealed override T Copy(T value, CopyContext context)
    {
        if (value is null)
            return null!;
        if (!TracksReferences)
            return CopyNew(value, context);
        return context.TryGetCopy(value, out var known) ? (T)known : CopyNew(value, context);
    }

    /// <summary>Copies an instance met for the first time; an implementation that tracks records before it descends.</summary>
    protected abstract T CopyNew(T value, CopyContext context);
}
