namespace Orleans.Serialization.Copying;

/// <summary>
/// Copies values of exactly one runtime type, or of one declared type and what derives from it, and turns them into
/// bytes.
/// </summary>
internal abstract class Copier
{
    /// <summary>Whether a value may be shared instead of copied.</summary>
    public virtual bool IsShallow => false;

    /// <summary>A copy of <paramref name="value"/>, or the value where it may be shared.</summary>
    public abstract object CopyObject(object value, CopyContext context);

    /// <summary>Writes a value of this copier's type.</summary>
    public abstract void WriteAny(object? value, ValueWriter writer);

    /// <summary>Reads what <see cref="WriteAny"/> wrote.</summary>
    public abstract object? ReadAny(ValueReader reader);

    /// <summary>
    /// Finds the copiers of the parts. Called once, before the first copy, possibly inside a cycle of types.
    /// </summary>
    public virtual void Bind(CopierTable table)
    {
    }
}

/// <inheritdoc cref="Copier"/>
internal abstract class Copier<T> : Copier
{
    /// <summary>A copy of <paramref name="value"/>, or the value where it may be shared.</summary>
    public abstract T Copy(T value, CopyContext context);

    /// <summary>Writes a value.</summary>
    public abstract void Write(T value, ValueWriter writer);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public abstract T Read(ValueReader reader);

    /// <inheritdoc/>
    public override object CopyObject(object value, CopyContext context) => Copy((T)value, context)!;

    /// <inheritdoc/>
    public sealed override void WriteAny(object? value, ValueWriter writer) => Write((T)value!, writer);

    /// <inheritdoc/>
    public sealed override object? ReadAny(ValueReader reader) => Read(reader);
}

/// <summary>
/// Copies by the runtime type: for members declared as an interface, an abstract or an unsealed class.
/// </summary>
internal sealed class ByRuntimeTypeCopier<T> : Copier<T>
    where T : class?
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? value! : (T)context.Table.Exact(value.GetType()).CopyObject(value, context);

    public override void Write(T value, ValueWriter writer)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is null)
            return;
        var type = value is Type ? typeof(Type) : value.GetType();
        writer.Type(type);
        CopierTable.Shared.Exact(type).WriteAny(value, writer);
    }

    public override T Read(ValueReader reader)
    {
        if (reader.Byte() == 0)
            return null!;
        return CopierTable.Shared.Exact(reader.Type()).ReadAny(reader) is T value ? value : throw ValueReader.Invalid();
    }
}

/// <summary>The base of copiers of reference types: null and shared references are settled here.</summary>
internal abstract class ReferenceCopier<T> : Copier<T>
    where T : class
{
    private const byte Null = 0;
    private const byte Known = 1;
    private const byte New = 2;
    private const byte Untracked = 3;

    /// <summary>Whether one instance that is met twice stays one instance.</summary>
    protected virtual bool TracksReferences => true;

    public sealed override T Copy(T value, CopyContext context)
    {
        if (value is null || IsShallow)
            return value!;
        if (!TracksReferences)
            return CopyNew(value, context);
        return context.TryGetCopy(value, out var known) ? (T)known : CopyNew(value, context);
    }

    public sealed override void Write(T value, ValueWriter writer)
    {
        if (value is null)
        {
            writer.Byte(Null);
        }
        else if (!TracksReferences)
        {
            writer.Byte(Untracked);
            WriteNew(value, writer);
        }
        else
        {
            var known = writer.IsKnown(value, out var number);
            writer.Byte(known ? Known : New);
            writer.Count(number);
            if (!known)
                WriteNew(value, writer);
        }
    }

    public sealed override T Read(ValueReader reader) => reader.Byte() switch
    {
        Null => null!,
        Known => reader.Known((int)reader.Count()) as T ?? throw ValueReader.Invalid(),
        New => ReadNew(reader, (int)reader.Count()),
        Untracked => ReadNew(reader, -1),
        _ => throw ValueReader.Invalid(),
    };

    /// <summary>
    /// Copies an instance met for the first time; an implementation that tracks records before it descends.
    /// </summary>
    protected abstract T CopyNew(T value, CopyContext context);

    /// <summary>Writes an instance met for the first time.</summary>
    protected abstract void WriteNew(T value, ValueWriter writer);

    /// <summary>
    /// Reads an instance; it is registered under its number before its parts are read, where that can be.
    /// </summary>
    protected abstract T ReadNew(ValueReader reader, int number);
}
